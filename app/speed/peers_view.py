"""RoI pooling by whoever is here, as bars to scale."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from app.speed import runs
from app.speed.reporting import Report
from app.speed.words import bar, seconds, times
from app.text import Text, as_markdown
from app.widgets import backend

VIEW = "peer"
MODULE = "app.speed.peers"
# Ours in colour, all others in grey.
OURS = {"numpy": "shared", "cupy": "pooling"}
_PEERS = ("torchvision", "onnxruntime", "openvino")


def show(text: Text) -> None:
    """The buttons, and a group of bars for each operation."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text("speed.peers.what"), width="content")
        runs.buttons(VIEW, text, MODULE)

    def draw(rows: Sequence[Report], about: Report) -> None:
        st.html(bars(rows, about, text))
        for said in sentences(rows, about, text):
            st.markdown(said)
        st.caption(conditions(rows, about, text))

    runs.live(VIEW, text, draw)


def bars(rows: Sequence[Report], about: Report, text: Text) -> str:
    """A group for each operation, the longest bar of each as wide as there is room."""
    groups = []
    for operation, group in groupby(rows, key=lambda row: row["operation"]):
        timed = {row["peer"]: row["time"]["median"] for row in group}
        longest, ours = max(timed.values()), timed.get("numpy")
        drawn = "".join(
            bar(
                value / longest,
                OURS.get(peer, "other"),
                text("speed.peers.name", name=_name(peer, text), version=about["versions"][peer]),
                _told(value, None if peer == "numpy" else ours, text),
            )
            for peer, value in timed.items()
        )
        title = escape(text(f"speed.peers.{operation}"))
        groups.append(f'<section data-operation="{operation}"><h2>{title}</h2>{drawn}</section>')
    return f'<div class="saving contest" data-testid="contest">{"".join(groups)}</div>'


def _name(peer: str, text: Text) -> str:
    return text(f"speed.peers.{peer}") if peer in OURS else peer


def _told(value: float, ours: float | None, text: Text) -> str:
    if ours is None:
        return seconds(value, text)
    return text("speed.peers.ratio", time=seconds(value, text), times=times(value / ours))


def sentences(rows: Sequence[Report], about: Report, text: Text) -> list[str]:
    """Whether the numbers are the same, who is missing and how to ask them in, in Markdown."""
    present, differing = dict.fromkeys(row["peer"] for row in rows), dict[str, str]()
    for row in rows:
        if row["differs"]:
            differing.setdefault(row["peer"], row["differs"])
    others = [peer for peer in present if peer != "numpy"]
    said = []
    if others and not differing:
        said.append(text("speed.peers.equal", peers=text("sizes.list").join(others)))
    said += [
        text("speed.peers.differs", peer=peer, what=as_markdown(what))
        for peer, what in differing.items()
    ]
    if runs.is_recorded(VIEW):
        # Who was not there is no matter of this machine's.
        return said
    if about["reason"] is not None:
        said.append(text.join(text("speed.peers.no_gpu"), backend.lead(about["reason"], text)))
    absent = [peer for peer in _PEERS if peer in about["missing"]]
    if absent:
        said.append(text("speed.peers.missing", peers=text("sizes.list").join(absent)))
    return said


def conditions(rows: Sequence[Report], about: Report, text: Text) -> str:
    """How it was measured."""
    _, channels, high, wide = about["maps"]
    return text(
        "speed.peers.conditions",
        rounds=rows[0]["time"]["rounds"],
        channels=channels,
        high=high,
        wide=wide,
        boxes=about["boxes"],
    )
