"""How two outputs differ, and why, as the form answers it. Pure, but for `show_difference`."""

from collections.abc import Callable
from html import escape

import streamlit as st

from app.conventions.grids import notation
from app.conventions.tokens import label, token_of
from app.conventions.two_outputs import Answer, Difference, Moved, Span, different
from app.conventions.verdict import is_other_than_simplest, verdict
from app.conventions.words import reading_words, rule_words
from app.text import Text, as_markdown

Write = Callable[[float], str]


def show_difference(answer: Answer, difference: Difference, text: Text) -> None:
    """Who made either, in how many values they differ, by which choices, and in which sections."""
    with st.container(key="identify-difference"):
        for line in verdict(answer, text):
            st.markdown(line)
        st.markdown(f"**{as_markdown(count_words(difference, text))}**")
        if said := reason(difference, text, is_second=_is_second(answer)):
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


def _is_second(answer: Answer) -> bool:
    """Whether the rules are only the second explanation, after boxes that somebody misread."""
    both = (said for said in (answer.said, answer.other) if said)
    return any(is_other_than_simplest(said) for said in both)


def reason(difference: Difference, text: Text, is_second: bool = False) -> str:
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
    if not told:
        return ""
    key = "identify.two.reason.rules" if is_second else "identify.two.reason"
    return text(key, told=text("conventions.effect.and").join(told))


def _table(difference: Difference, text: Text) -> str:
    heads = [escape(text(f"identify.two.column.{one}")) for one in ("section", "one", "two")]
    several = difference.where is not None and difference.where[:, :, 0, 0].size > 1
    write = notation(value for moved in difference.moved for value in moved.values)
    rows = "".join(_row(moved, heads, several, write, text) for moved in difference.moved)
    head = "".join(f"<th>{one}</th>" for one in heads)
    return f'<table class="findings"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(moved: Moved, heads: list[str], several: bool, write: Write, text: Text) -> str:
    box, channel, i, j = moved.place
    where = text("identify.two.section", i=i, j=j)
    if several:
        where = text("identify.two.section.of", box=box, channel=channel, section=where)
    spans = moved.spans or (None, None)
    made = [
        _made(write(value), span, text) for value, span in zip(moved.values, spans, strict=True)
    ]
    cells = (
        f'<td><span class="head">{head}</span>{escape(value)}</td>'
        for head, value in zip(heads, (where, *made), strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _made(shown: str, span: Span | None, text: Text) -> str:
    """A value, and of which cells it is the largest."""
    if span is None:
        return shown
    top, bottom, left, right = span
    cells = text("identify.two.cells", rows=text.rows(top, bottom), cols=text.cols(left, right))
    return text("identify.two.made", value=shown, cells=cells)
