"""What has made an output, as the form answers it."""

from html import escape

import numpy as np
import streamlit as st

from app.conventions.advice import advice
from app.conventions.apart import show_difference
from app.conventions.asked import Asked, too_much
from app.conventions.grids import grid
from app.conventions.matches import (
    Explained,
    Finding,
    equal_to,
    exact,
    headline,
    names,
    one_row,
    quiet_names,
    settled_by,
    ties,
    used_by,
)
from app.conventions.told import MOST
from app.conventions.two_outputs import Answer
from app.conventions.verdict import SIDES, called
from app.conventions.words import reading_words
from app.exercise.limits import MAX_BINS
from app.text import Text, as_markdown


def show_answer(answer: Answer, text: Text) -> None:
    """What made the output; of two, how they differ, and what made either."""
    if answer.other is None or answer.difference is None:
        return _show(answer.said, "identify-answer", text)
    show_difference(answer, answer.difference, text)
    for side, said in zip(SIDES, (answer.said, answer.other), strict=True):
        st.html(f'<h2 class="answered">{escape(called(answer, side, text))}</h2>')
        _show(said, f"identify-answer-{side}", text)
    return None


def _show(said: Explained, key: str, text: Text) -> None:
    """The headline, what else explains it, what to do, and the table of explanations."""
    asked, found = said.asked, said.found
    best = found[0]
    with st.container(key=key):
        st.markdown(f"**{as_markdown(headline(found, text))}**")
        if row := one_row(said, text):
            st.info(as_markdown(row))
        if digits := equal_to(said.format, text):
            st.caption(as_markdown(digits))
        if untried := too_much(said.undecided, text):
            st.info(as_markdown(untried))
        if next_box := settled_by(said, text):
            st.caption(as_markdown(next_box))
        if quiet := quiet_names(found, text):
            st.caption(as_markdown(quiet))
        if several := ties(found, text):
            st.markdown("\n".join(f"1. {as_markdown(one)}" for one in several[:MOST]))
            st.markdown(as_markdown(text("identify.ties.first")))
        for sentence in advice(best, text):
            st.markdown(sentence)
        st.html(_table(asked, found[:MOST], text))
        if len(found) > MOST:
            st.caption(text("identify.more", count=len(found) - MOST))


def _table(asked: Asked, found: list[Finding], text: Text) -> str:
    # What makes all of an output differs nowhere.
    pictured = any(finding.first.differing for finding in found)
    head = "".join(f"<th>{one}</th>" for one in _heads(text, pictured))
    whole = exact(found)
    rows = "".join(_row(asked, finding, pictured, text) for finding in whole)
    if len(whole) > 1:
        rows = _group(text("identify.group.whole", count=len(whole)), text, pictured) + rows
        if len(whole) < len(found):
            rows += _group(text("identify.group.part"), text, pictured)
    rows += "".join(_row(asked, one, pictured, text) for one in found if one.first.differing)
    return f'<table class="findings"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _group(title: str, text: Text, pictured: bool) -> str:
    """The title of the rows below it."""
    wide = len(_heads(text, pictured))
    return f'<tr class="group"><th colspan="{wide}" scope="rowgroup">{escape(title)}</th></tr>'


def _row(asked: Asked, finding: Finding, pictured: bool, text: Text) -> str:
    match = finding.first
    differ = text("identify.differ", count=match.differing, cells=match.cells)
    picture = (_picture(asked, finding, text) if match.differing else "",) if pictured else ()
    words = (names(finding, text), reading_words(match, text), used_by(finding, text) or "–")
    values = escape(differ), *picture, *map(escape, words)
    # Where the columns stand under one another, each value has its head with it.
    cells = "".join(
        f'<td><span class="head">{head}</span>{value}</td>' if value else "<td></td>"
        for head, value in zip(_heads(text, pictured), values, strict=True)
    )
    kind = "" if match.differing else ' class="exact"'
    return f"<tr{kind}>{cells}</tr>"


def _heads(text: Text, pictured: bool) -> list[str]:
    columns = ("differ", *(["where"] if pictured else []), "rule", "reading", "frameworks")
    return [escape(text(f"identify.column.{one}")) for one in columns]


def _picture(asked: Asked, finding: Finding, text: Text) -> str:
    """The plane of the output where most differs, those cells marked."""
    output, where = asked.output, finding.where
    if max(output.shape[2:]) > MAX_BINS:
        return ""
    box, channel = np.unravel_index(np.argmax(where.sum(axis=(2, 3))), where.shape[:2])
    title = (
        text("identify.plane", box=box, channel=channel) if where[0, 0].size < where.size else ""
    )
    return grid(output[box, channel], where[box, channel], title)
