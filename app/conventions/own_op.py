"""The article's own op does not compute the article's figure: how that comes about, in numbers.

Each number is computed where it is said; the sentences hold none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from app.conventions.grids import grid
from app.exercise.desk import Desk
from app.exercise.record import Exercise, Result, article_exercise, as_box, pool
from app.text import Text, as_markdown, number, plain
from app.widgets.looks import is_hidden
from roipool import article

OP = "deepsense"


@dataclass(frozen=True, slots=True)
class Telling:
    """The three poolings of the story.

    Attributes
    ----------
    figure : what the article shows
    as_written : the op on the box as the article writes it
    same_cells : the op on the box whose inclusive ends name the article's cells
    """

    figure: Exercise
    as_written: Exercise
    same_cells: Exercise

    @property
    def results(self) -> tuple[Result, Result, Result]:
        """What pooling makes of each."""
        return pool(self.figure), pool(self.as_written), pool(self.same_cells)


def telling() -> Telling:
    """The article's box under its figure's rule, and under its op's, in both ways of writing it."""
    figure = article_exercise()
    index, x1, y1, x2, y2 = figure.boxes[0]
    op = replace(figure, convention=OP)
    inner = as_box([index, x1, y1, x2 - 1, y2 - 1])
    return Telling(figure, op, op.with_boxes((inner,)))


def sentences(text: Text) -> list[str]:
    """The story in paragraphs."""
    told = telling()
    figure, as_written, same_cells = told.results
    section, also, place = _thief(figure, same_cells)
    row, col = divmod(place, told.figure.size[1])
    bins = same_cells.bins
    return [
        text("conventions.op.differs", box=_box(told.figure), values=_values(as_written, text)),
        text(
            "conventions.op.ends",
            **dict(zip(("wide", "high"), as_written.bins.length[0].tolist(), strict=True)),
            **dict(zip(("cols", "rows"), figure.bins.length[0].tolist(), strict=True)),
            inner=_box(told.same_cells),
            values=_values(same_cells, text),
        ),
        text(
            "conventions.op.ceil",
            value=number(float(same_cells.output[0][section])),
            row=row,
            col=col,
            figure=_rows(figure, text),
            op=_rows(same_cells, text),
            n=int(bins.length[0, 1]),
            p=told.figure.output_size[0],
            edge=int(bins.y1[0, 0] - bins.y0[0, 0]),
            section=f"({section[0]}, {section[1]})",
            also=f"({also[0]}, {also[1]})",
            instead=number(float(figure.output[0][section])),
        ),
    ]


def _thief(figure: Result, op: Result) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """The section where the op differs, the other whose maximum it takes, and that cell's place."""
    section = tuple(np.argwhere(op.output[0] != figure.output[0])[0].tolist())
    place = int(op.argmax[0][section])
    both = np.argwhere(op.argmax[0] == place).tolist()
    return section, next(tuple(at) for at in both if tuple(at) != section), place


def _box(exercise: Exercise) -> str:
    return "[" + ", ".join(plain(value) for value in exercise.boxes[0]) + "]"


def _values(result: Result, text: Text) -> str:
    return text("stage.list").join(number(value) for value in result.output[0].ravel().tolist())


def _rows(result: Result, text: Text) -> str:
    starts, stops = result.bins.y0[0].tolist(), result.bins.y1[0].tolist()
    return " | ".join(text.span(*edges) for edges in zip(starts, stops, strict=True))


def show(name: str, text: Text) -> None:
    """The story in brief; behind a button all of it, its three outputs, and a way to the stage."""

    def clicked() -> None:
        desk: Desk = st.session_state[name]
        st.session_state[name] = desk.restart(telling().same_cells)

    with st.container(key=f"{name}-op", horizontal=True, vertical_alignment="center"):
        st.markdown(text("hidden") if is_hidden() else in_brief(text), width="stretch")
        if is_hidden():
            # The article's own numbers, which may be those that are asked for.
            return
        with st.popover(text("conventions.op.more"), width="content"):
            st.caption(f"[{text('article.name')}]({article.ADDRESS}), deepsense.ai, 2017")
            for sentence in sentences(text):
                st.markdown(as_markdown(sentence))
            with st.container(horizontal=True, gap="medium"):
                for html in _grids(text):
                    st.html(html, width="content")
            st.button(text("conventions.op.show"), on_click=clicked, key=f"{name}.op")


def in_brief(text: Text) -> str:
    """The story in two sentences, as Markdown."""
    figure, as_written, _ = telling().results
    told = text(
        "conventions.op.brief", values=_values(as_written, text), figure=_values(figure, text)
    )
    title = as_markdown(text("conventions.op.title"))
    return text("conventions.op.in_brief", title=title, told=as_markdown(told))


def _grids(text: Text) -> Iterator[str]:
    told = telling()
    figure = pool(told.figure).output[0]
    for key in ("figure", "as_written", "same_cells"):
        exercise: Exercise = getattr(told, key)
        output = pool(exercise).output[0]
        title = text(f"conventions.op.{key}", box=_box(exercise))
        yield grid(output, output != figure, title)
