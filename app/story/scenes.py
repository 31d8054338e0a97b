"""Exercise and result -> scenes: what is lit and what is said, as plain records.

One list feeds everyone who shows the pooling of a box: the stage, the exports, speech. A scene
names cells and carries its sentence; nobody downstream computes a number.

    input -> proposal -> sections -> scan ... scan -> maxima -> output
                                     one record per cell looked at (per row, per section in
                                     large boxes); the last of each section is a stop
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.exercise.record import Exercise, Result
from app.text import Text, number, plain

KINDS = ("input", "proposal", "sections", "scan", "maxima", "output")

HOLD = 1500  # ms, the pace of the article's animation
STEP, SECTION_END = 120, 700  # ms a cell looked at, and the pause when a section is done

# A box of more cells is scanned row by row, and then section by section.
MOST_BY_CELL, MOST_BY_ROW = 64, 400
# Lists longer than this are counted and not read out.
MOST_SPOKEN = 9


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story.

    Attributes
    ----------
    kind : one of `KINDS`
    caption : the sentence that goes with it
    hold : ms until the next scene when played at normal speed
    stop : whether stepping by hand comes to rest here
    section : (row, column) of the section that is scanned
    lit : (row, row_stop, column, column_stop) of the cells that are looked at
    best : (row, column) of the largest cell so far
    """

    kind: str
    caption: str
    hold: int = HOLD
    stop: bool = True
    section: tuple[int, int] | None = None
    lit: tuple[int, int, int, int] | None = None
    best: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """The scene as plain JSON, without what it leaves open."""
        # Not asdict, which copies what each value is made of: a tenth of what an answer takes.
        told = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in told if value is not None}


def scenes(exercise: Exercise, result: Result, text: Text) -> list[Scene]:
    """The story of the selected box; the map alone where there is no box."""
    rows, cols = exercise.size
    story = [Scene("input", text("scene.input", rows=rows, cols=cols))]
    if exercise.played is None:
        return story
    story.append(Scene("proposal", proposal_sentence(exercise, result, text)))
    story.append(Scene("sections", _sections_sentence(exercise, result, text)))
    story.extend(_scan(exercise, result, text))
    story.append(Scene("maxima", _maxima_sentence(exercise, result, text)))
    story.append(Scene("output", _output_sentence(exercise, result, text)))
    return story


def proposal_sentence(exercise: Exercise, result: Result, text: Text) -> str:
    """Which cells the selected box covers, in the words of its numbers."""
    n = exercise.selected
    (y0, y1), (x0, x1) = result.bins.rows[n].tolist(), result.bins.cols[n].tolist()
    box = _named_box(exercise, text)
    if y1 <= y0 or x1 <= x0:
        return text("scene.proposal.empty", box=box)
    return text(
        "scene.proposal",
        box=box,
        rows=text.rows(y0, y1),
        cols=text.cols(x0, x1),
        high=y1 - y0,
        wide=x1 - x0,
    )


def _named_box(exercise: Exercise, text: Text) -> str:
    """The numbers of the selected box and which is what; its image where there are several."""
    image, x1, y1, x2, y2 = (plain(value) for value in exercise.boxes[exercise.selected])
    box = text("scene.box", x1=x1, y1=y1, x2=x2, y2=y2)
    return text("scene.box.of", image=image, box=box) if exercise.maps.images > 1 else box


def _sections_sentence(exercise: Exercise, result: Result, text: Text) -> str:
    n, bins = exercise.selected, result.bins
    high, wide = exercise.output_size
    rows, cols = (
        _parts(starts[n].tolist(), stops[n].tolist(), text)
        for starts, stops in ((bins.y0, bins.y1), (bins.x0, bins.x1))
    )
    sentence = text("scene.sections", high=high, wide=wide, rows=rows, cols=cols)
    empty = int(bins.empty[n].sum())
    if empty:
        return text.join(sentence, text("scene.sections.empty", count=empty))
    if _shared(bins.y0[n], bins.y1[n]) or _shared(bins.x0[n], bins.x1[n]):
        return text.join(sentence, text("scene.sections.overlap"))
    return sentence


def _parts(starts: list[int], stops: list[int], text: Text) -> str:
    if len(starts) > MOST_SPOKEN:
        return text("scene.parts", count=len(starts))
    spans = zip(starts, stops, strict=True)
    return " | ".join(text.span(a, b) for a, b in spans)


def _shared(starts: Any, stops: Any) -> bool:
    """Whether neighbouring bins that hold cells share any."""
    full = starts < stops
    return bool(((stops[:-1] > starts[1:]) & full[:-1] & full[1:]).any())


def _maxima_sentence(exercise: Exercise, result: Result, text: Text) -> str:
    n = exercise.selected
    values = result.output[n].ravel().tolist()
    if len(values) > MOST_SPOKEN:
        return text("scene.maxima.many", count=len(values))
    empty = result.bins.empty[n].ravel().tolist()
    words = ("∅" if none else number(value) for value, none in zip(values, empty, strict=True))
    return text("scene.maxima", values=text("stage.list").join(words))


def _output_sentence(exercise: Exercise, result: Result, text: Text) -> str:
    high, wide = exercise.output_size
    if result.bins.empty[exercise.selected].all():
        value = number(result.convention.empty_value)
        return text("scene.output.empty", high=high, wide=wide, value=value)
    return text("scene.output", high=high, wide=wide)


def _scan(exercise: Exercise, result: Result, text: Text) -> Iterator[Scene]:
    bins, n = result.bins, exercise.selected
    y0, y1, x0, x1 = (edges[n].tolist() for edges in (bins.y0, bins.y1, bins.x0, bins.x1))
    count = (max(y1) - min(y0)) * (max(x1) - min(x0))
    for i in range(len(y0)):
        for j in range(len(x0)):
            yield from _scan_section(
                exercise, result, text, (i, j), (y0[i], y1[i], x0[j], x1[j]), count
            )


def _scan_section(
    exercise: Exercise,
    result: Result,
    text: Text,
    section: tuple[int, int],
    span: tuple[int, int, int, int],
    count: int,
) -> Iterator[Scene]:
    top, bottom, left, right = span
    value = float(result.output[exercise.selected][section])
    at = {"i": section[0], "j": section[1]}
    if bottom <= top or right <= left:
        caption = text("scene.scan.empty", **at, value=number(value))
        yield Scene("scan", caption, SECTION_END, True, section)
        return
    best: tuple[int, int] | None = None
    *glances, last = _glances(span, count)
    for lit in glances:
        best, caption = _look(exercise, text, lit, best, at)
        yield Scene("scan", caption, STEP, False, section, lit, best)
    argmax = int(result.argmax[exercise.selected][section])
    if argmax < 0:
        # Nothing was larger than the value that the convention's scan starts from.
        yield Scene(
            "scan",
            text("scene.scan.nothing", **at, value=number(value)),
            SECTION_END,
            True,
            section,
            last,
        )
        return
    place = divmod(argmax, exercise.size[1])
    caption = text(
        "scene.scan.done",
        **at,
        rows=text.rows(top, bottom),
        cols=text.cols(left, right),
        value=number(value),
        row=place[0],
        col=place[1],
    )
    yield Scene("scan", caption, SECTION_END, True, section, last, place)


def _glances(span: tuple[int, int, int, int], count: int) -> Iterator[tuple[int, int, int, int]]:
    """What is looked at one after the other: cells, rows of cells, or all at once."""
    top, bottom, left, right = span
    if count > MOST_BY_ROW:
        yield span
        return
    for row in range(top, bottom):
        if count > MOST_BY_CELL:
            yield row, row + 1, left, right
        else:
            yield from ((row, row + 1, col, col + 1) for col in range(left, right))


def _look(
    exercise: Exercise,
    text: Text,
    lit: tuple[int, int, int, int],
    best: tuple[int, int] | None,
    at: dict[str, int],
) -> tuple[tuple[int, int], str]:
    """The largest cell after a glance, and the sentence that says whether it changed."""
    row, _, left, right = lit
    values = exercise.cells[row]
    col = max(range(left, right), key=lambda c: values[c])
    before = None if best is None else exercise.cells[best[0]][best[1]]
    seen = {**at, "value": number(values[col]), "row": row, "col": col}
    if best is None or before is None:
        return (row, col), text("scene.scan.first", **seen)
    if values[col] > before:
        return (row, col), text("scene.scan.larger", **seen, before=number(before))
    return best, text("scene.scan.keeps", **seen, before=number(before))
