"""One map for all proposals: how much it saves, as a number, as bars to scale and as a chart."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from app.fast_rcnn.network import SECTIONS
from app.speed import runs, sharing_chart
from app.speed.counts import COUNTS, QUICK
from app.speed.findings import crossing
from app.speed.reporting import Report
from app.speed.words import added_up, bar, machine, seconds, times
from app.text import Text, as_markdown
from app.widgets.choosing import kept_choice, number

VIEW = "sharing"
MODULE = "app.speed.sharing"
LENGTHS = ("full", "quick")

# As `app.speed.sharing` names them, whose import needs more than the page does.
_STEPS = ("backbone", "pooling", "head", "rest")
# A guess that is off by no more than this factor is a good one.
_NEAR = 1.25


def show(text: Text) -> None:
    """The choice of length, the buttons, and everything that was measured."""
    with st.container(horizontal=True, vertical_alignment="center"):
        counts = {"full": COUNTS, "quick": QUICK}[_length(text)]
        runs.buttons(VIEW, text, MODULE, ["--counts", *map(str, counts)])

    def draw(points: Sequence[Report], about: Report) -> None:
        left, right = st.columns([7, 5], gap="large")
        with left:
            sharing_chart.show(points, about["counts"], text)
        with right:
            st.html(saving(points[-1], about, text))
            for said in sentences(points, about, text):
                st.markdown(as_markdown(said))
        st.caption(as_markdown(conditions(points, about, text)))

    runs.live(VIEW, text, draw)
    _both_ways(text, max(counts))


def _length(text: Text) -> str:
    """How far to measure."""
    return kept_choice(
        "segmented_control",
        text("speed.sharing.length"),
        LENGTHS,
        key=f"speed.{VIEW}.length",
        start=LENGTHS[0],
        words=lambda one: text(f"speed.sharing.length.{one}"),
        label_visibility="collapsed",
        wrap=True,
    )


def _both_ways(text: Text, most: int) -> None:
    """The two ways, and an invitation to guess what this machine will make of them."""
    state, guess = st.session_state, f"speed.{VIEW}.guess"

    def guessed(factor: float) -> None:
        state[guess] = factor

    left, right = st.columns([7, 5], gap="large")
    with left:
        st.html(ways(most, text))
    with right:
        st.markdown(f"## {text('speed.sharing.guess', count=most)}")
        number(
            text("speed.sharing.guess.field"),
            0.0,
            1e6,
            key=f"{guess}.field",
            now=state.get(guess),
            put=guessed,
            step=1.0,
            format="%g",
            placeholder=text("speed.sharing.guess.example"),
            width=240,
        )
        st.caption(text("speed.sharing.guess.why"))


def ways(count: int, text: Text) -> str:
    """What either side does, and how often, as two rows of steps."""

    def row(kind: str, steps: Sequence[tuple[str, int]]) -> str:
        boxes = "<s></s>".join(
            f'<span class="{"many" if often > 1 else "once"}">{escape(text(f"speed.step.{step}"))}'
            f"<b>× {often}</b></span>"
            for step, often in steps
        )
        title = escape(text(f"speed.sharing.{kind}"))
        return f'<div class="way {kind}"><h2>{title}</h2><p>{boxes}</p></div>'

    # A crop has a map of its own, of which there is no region to cut out.
    each = row("each", [(step, count) for step in ("cropping", "backbone", "pool", "head")])
    shared = row("shared", [("backbone", 1), ("pooling", count), ("head", count)])
    return f'<div class="ways" data-testid="ways">{each}{shared}</div>'


def saving(point: Report, about: Report, text: Text) -> str:
    """The factor in big type, both times as bars to scale, and what the shorter is made of."""
    each, shared = point["each"]["median"], point["shared"]["median"]
    longest, count = max(each, shared), point["proposals"]
    headline = _headline(each, shared, count, max(about["counts"]), text)
    bars = [
        bar(each / longest, "each", text("speed.sharing.bar.each"), seconds(each, text)),
        bar(shared / longest, "shared", text("speed.sharing.bar.shared"), seconds(shared, text)),
    ]
    return (
        f'<div class="saving" data-testid="saving" data-proposals="{count}" '
        f'data-factor="{each / shared:.4f}">{headline}'
        f'<p class="on">{escape(machine(about, text))}</p>'
        f"{''.join(bars)}{_split(point['steps']['shared'], text)}</div>"
    )


def _headline(each: float, shared: float, count: int, most: int, text: Text) -> str:
    """The factor, once as many proposals are measured as were asked for: fewer are no verdict."""
    if count < most:
        return (
            f'<p class="so-far">{escape(text("speed.sharing.so_far", count=count, most=most))}</p>'
        )
    factor = text("speed.times", times=times(max(each, shared) / min(each, shared)))
    form = "faster" if each > shared else "slower"
    number = "one" if count == 1 else "many"
    faster = text(f"speed.sharing.{form}.{number}", count=count)
    return f'<p class="factor"><b>{escape(factor)}</b> <span>{escape(faster)}</span></p>'


def _split(steps: Report, text: Text) -> str:
    """What the time of the shared map goes into: parts to scale, whose numbers add up."""
    present = [step for step in _STEPS if step in steps]
    seconds_of = [steps[step] for step in present]
    whole, told = added_up(seconds_of, text)
    parts = "".join(
        f'<i class="{step}" style="width:{100 * value / sum(seconds_of):.2f}%"></i>'
        for step, value in zip(present, seconds_of, strict=True)
    )
    legend = "".join(
        f'<li><i class="{step}"></i>{escape(text(f"speed.step.{step}"))} <b>{escape(said)}</b></li>'
        for step, said in zip(present, told, strict=True)
    )
    of = escape(text("speed.sharing.split", time=whole))
    return f'<p class="of">{of}</p><div class="split">{parts}</div><ul>{legend}</ul>'


def sentences(points: Sequence[Report], about: Report, text: Text) -> list[str]:
    """Where sharing begins to pay, why, and how good the guess was."""
    counts = [point["proposals"] for point in points]
    found = crossing(counts, *(_medians(points, side) for side in ("each", "shared")))
    if found.at is not None:
        crops = _crops_of_the_picture(about)
        said = [text("speed.sharing.crossing", at=round(found.at), crops=crops)]
    elif found.low is not None:
        said = [text("speed.sharing.always", low=found.low)]
    else:
        said = [text("speed.sharing.never")]
    guess = st.session_state.get(f"speed.{VIEW}.guess")
    if guess and counts[-1] == max(about["counts"]) and not runs.is_recorded(VIEW):
        last = points[-1]
        said.append(judged(guess, last["each"]["median"] / last["shared"]["median"], text))
    return said


def judged(guess: float, factor: float, text: Text) -> str:
    """A guess beside what was measured."""
    off = factor / guess
    form = "near" if 1 / _NEAR <= off <= _NEAR else "more" if off > 1 else "less"
    return text(
        f"speed.sharing.guess.{form}",
        guess=times(guess),
        factor=times(factor),
        off=times(max(off, 1 / off)),
    )


def conditions(points: Sequence[Report], about: Report, text: Text) -> str:
    """How it was measured, so that it can be repeated and doubted."""
    rounds = sorted({point["each"]["rounds"] for point in points})
    high, wide = about["picture"]
    return text(
        "speed.sharing.conditions",
        rounds="–".join(map(str, rounds)),
        high=high,
        wide=wide,
        crop=about["crop"],
        batch=about["batch"],
        sections=SECTIONS,
    )


def _crops_of_the_picture(about: Report) -> int:
    """How many crops have as many pixels as the picture."""
    high, wide = about["picture"]
    crops: int = round(high * wide / about["crop"] ** 2)
    return crops


def _medians(points: Sequence[Report], side: str) -> list[float]:
    return [point[side]["median"] for point in points]
