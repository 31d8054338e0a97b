"""How two outputs differ, and why, as the form answers it. Pure, but for `show_difference`."""

from html import escape

import streamlit as st

from app.conventions.tokens import label, token_of
from app.conventions.two_outputs import Difference, Moved, Span, different
from app.conventions.words import reading_words, rule_words
from app.text import Text, as_markdown, number


def show_difference(difference: Difference, text: Text) -> None:
    """In how many values, by which choices, and which of their sections have moved."""
    with st.container(key="identify-difference"):
        st.markdown(f"**{as_markdown(count_words(difference, text))}**")
        if said := reason(difference, text):
            st.markdown(as_markdown(said))
        if difference.moved:
            st.html(_table(difference, text))
            if rest := _count(difference) - len(difference.moved):
                st.caption(text("identify.two.rest", count=rest))


def count_words(difference: Difference, text: Text) -> str:
    """Whether the outputs differ, and in how much."""
    if difference.where is None:
        return text("identify.two.shapes")
    count, cells = _count(difference), difference.where.size
    return text(f"identify.two.{'differ' if count else 'equal'}", count=count, cells=cells)


def _count(difference: Difference) -> int:
    return 0 if difference.where is None else int(difference.where.sum())


def reason(difference: Difference, text: Text) -> str:
    """Why they differ, where both are explained; nothing where they do not."""
    if not _count(difference):
        return ""
    if difference.pair is None:
        return text("identify.two.unknown")
    one, two = difference.pair
    told = []
    if one.reading.changes != two.reading.changes:
        said = [reading_words(match, text) for match in difference.pair]
        told.append(text("identify.two.reading", one=said[0], two=said[1]))
    for field in difference.choices:
        values = [
            label(field, token_of(match.convention, field), text)
            for match in difference.pair
            if match.convention
        ]
        choice = text(f"conventions.choice.{field}")
        told.append(text("identify.two.choice", choice=choice, one=values[0], two=values[1]))
    rules = [rule_words(match, text) for match in difference.pair]
    if not different(one, two) and rules[0] != rules[1]:
        told.append(text("identify.two.rule", one=rules[0], two=rules[1]))
    return (
        text("identify.two.reason", told=text("conventions.effect.and").join(told)) if told else ""
    )


def _table(difference: Difference, text: Text) -> str:
    heads = [escape(text(f"identify.two.column.{one}")) for one in ("section", "one", "two")]
    several = difference.where is not None and difference.where[:, :, 0, 0].size > 1
    rows = "".join(_row(moved, heads, several, text) for moved in difference.moved)
    head = "".join(f"<th>{one}</th>" for one in heads)
    return f'<table class="findings"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(moved: Moved, heads: list[str], several: bool, text: Text) -> str:
    box, channel, i, j = moved.place
    where = text("identify.two.section", i=i, j=j)
    if several:
        where = text("identify.two.section.of", box=box, channel=channel, section=where)
    spans = moved.spans or (None, None)
    made = [_made(value, span, text) for value, span in zip(moved.values, spans, strict=True)]
    cells = (
        f'<td><span class="head">{head}</span>{escape(value)}</td>'
        for head, value in zip(heads, (where, *made), strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _made(value: float, span: Span | None, text: Text) -> str:
    """A value, and of which cells it is the largest."""
    shown = number(value) if value == value else "NaN"
    if span is None:
        return shown
    top, bottom, left, right = span
    cells = text("identify.two.cells", rows=text.rows(top, bottom), cols=text.cols(left, right))
    return text("identify.two.made", value=shown, cells=cells)
