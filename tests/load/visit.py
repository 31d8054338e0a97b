"""What a reader does on the pages, and whether the answer is the answer to what was asked."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from roipool import roi_pool

from .reader import Answer, Reader

# Pages with a stage, as often as a class opens them first; and what else is looked at.
HOMES = ("replay",) * 4 + ("playground", "gradient", "sizes")
# What is done on a page, and how often beside the others.
THINGS = {"box": 4, "rows": 3, "cell": 2, "convention": 2, "elsewhere": 1}
OTHERS = ("playground", "sizes", "conventions", "pixels", "gradient")
MOST_ROWS = 6


class WrongAnswerError(Exception):
    """An answer that is not the answer to what was asked."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What was answered to a reader, to be held against `roipool`.

    Attributes
    ----------
    asked : what the reader had done
    cells, rows, cols : the map
    box, size, unit : the selected box, the output's size, and box units per cell
    convention : by its name
    output : what the server has it to be
    """

    asked: str
    cells: list[float]
    rows: int
    cols: int
    box: list[float]
    size: tuple[int, int]
    unit: float
    convention: str
    output: list[float]

    def check(self) -> None:
        map_ = np.array(self.cells, float).reshape(1, 1, self.rows, self.cols)
        output = roi_pool(map_, [self.box], self.size, 1 / self.unit, convention=self.convention)
        if not np.array_equal(output.ravel(), np.array(self.output, float)):
            raise WrongAnswerError(f"after {self.asked} the output is not that of the box")


class Visit:
    """One reader, from the first page on.

    Parameters
    ----------
    reader : who is not connected yet
    random : decides what is done; the same for the same seed
    note : is told what kind of thing was done and what was answered
    homes, things : what is chosen among
    judge : is told what was pooled, and holds it against `roipool`, at once or later
    """

    def __init__(
        self,
        reader: Reader,
        random: Random,
        note: Callable[[str, Answer], None],
        homes: Sequence[str] = HOMES,
        things: Sequence[str] = tuple(THINGS),
        judge: Callable[[Pooled], None] = Pooled.check,
    ) -> None:
        self.reader, self.random, self._note = reader, random, note
        self.home, self._things, self._judge = random.choice(homes), things, judge
        self._seen: Counter[str] = Counter()

    async def begin(self) -> None:
        """Open the first page."""
        self._told("open", await self.reader.open(_path(self.home)))
        self._seen[self.home] += 1
        self._check("its own output")

    async def act(self) -> None:
        """Do one thing, whatever it is."""
        weights = [THINGS[thing] for thing in self._things]
        (kind,) = self.random.choices(self._things, weights)
        await getattr(self, kind)()

    async def rows(self) -> None:
        """Another number of rows for the output."""
        now = self._data["outputSize"][0]
        rows = self.random.choice([n for n in range(1, MOST_ROWS + 1) if n != now])
        self._told("rows", await self.reader.set(f"{self.home}.output.rows", rows))
        self._check(f"{rows} rows", self._data["outputSize"][0] == rows)

    async def convention(self) -> None:
        """Another convention of the list."""
        key = f"{self.home}.convention"
        now = self._convention
        labels = [one for one in self.reader.widget(key).options if _name(one) != now]
        label = self.random.choice(labels)
        self._told("convention", await self.reader.set(key, label))
        self._check(label, self._convention == _name(label))

    async def box(self) -> None:
        """The selected box dragged to somewhere else."""
        data = self._data
        boxes = [box["numbers"] for box in data["boxes"]]
        (x1, x2), (y1, y2) = (
            sorted(self.random.sample(range(min(side, 8)), 2))
            for side in (data["cols"], data["rows"])
        )
        boxes[data["selected"]] = [boxes[data["selected"]][0], x1, y1, x2, y2]
        await self._edit("box", boxes=boxes)
        there = [box["numbers"] for box in self._data["boxes"]]
        self._check(f"boxes {boxes}", there == boxes)

    async def cell(self) -> None:
        """Another number in a cell."""
        data = self._data
        row, col = (self.random.randrange(min(data[side], 8)) for side in ("rows", "cols"))
        value = self.random.randrange(1000) / 1000
        await self._edit("cell", cells=[[row, col, value]])
        data = self._data
        self._check(f"{value} in {row}, {col}", data["cells"][row * data["cols"] + col] == value)

    async def elsewhere(self) -> None:
        """To another page and back, where everything is as it was left."""
        before = self._data
        other = self.random.choice([page for page in OTHERS if page != self.home])
        for page in (other, self.home):
            kind = "page again" if self._seen[page] else "page"
            self._seen[page] += 1
            self._told(kind, await self.reader.go(_path(page)))
            if not any(key.startswith(f"{page}.") for key in self.reader.page.widgets()):
                raise WrongAnswerError(f"asked for {page}, which is not there")
        self._check("what was left", self._exercise(self._data) == self._exercise(before))

    async def _edit(self, kind: str, **change: Any) -> None:
        """Send what assets/figures/common/model.js sends for a change."""
        data = self._data
        seq = data["ack"] + 1
        told = {
            "seq": seq,
            "boxes": [box["numbers"] for box in data["boxes"]],
            "cells": [],
            "plane": [data["image"], data["channel"]],
            "selected": data["selected"],
            "cell": data["cell"],
            "image": data["image"],
            "channel": data["channel"],
            "gradient": None,
        }
        value = {"seq": seq, "changes": [told | change]}
        self._told(kind, await self.reader.set(f"{self.home}.stage", {"edit": value}))
        if self._data["ack"] != seq:
            raise WrongAnswerError(f"change {seq} was answered with {self._data['ack']}")

    def _told(self, kind: str, answer: Answer) -> None:
        self._note(kind, answer)
        if answer.exceptions:
            raise WrongAnswerError(answer.exceptions[0])

    def _check(self, asked: str, as_asked: bool = True) -> None:
        data = self._data
        if not as_asked:
            raise WrongAnswerError(f"asked for {asked}, which did not come")
        self._judge(
            Pooled(
                asked,
                data["cells"],
                data["rows"],
                data["cols"],
                [0, *data["boxes"][data["selected"]]["numbers"][1:]],
                data["outputSize"],
                data["rule"]["unit"],
                self._convention,
                data["output"],
            )
        )

    @property
    def _data(self) -> dict[str, Any]:
        return self.reader.page.data(f"{self.home}.stage")

    @property
    def _convention(self) -> str:
        return _name(self.reader.widget(f"{self.home}.convention").raw_value)

    @staticmethod
    def _exercise(data: dict[str, Any]) -> tuple[Any, ...]:
        return data["outputSize"], data["cells"], [box["numbers"] for box in data["boxes"]]


def _name(label: str) -> str:
    """A convention's name, of a label that also says whose it is."""
    return label.partition(" ")[0]


def _path(page: str) -> str:
    return "" if page == "replay" else page
