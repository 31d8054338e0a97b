"""Measured numbers as people read them."""

from collections.abc import Sequence
from html import escape
from math import floor

from app.speed.reporting import Report
from app.text import Text


def seconds(value: float, text: Text) -> str:
    """A time in three digits, in seconds or milliseconds.

    Examples
    --------
    >>> seconds(18.234, Text("en")), seconds(0.2876, Text("en")), seconds(5.2e-5, Text("en"))
    ('18.2 s', '288 ms', '0.0520 ms')
    """
    if value >= 1:
        return text("speed.seconds", value=digits(value))
    return text("speed.milliseconds", value=digits(1000 * value))


def times(factor: float) -> str:
    """A factor in two or three digits.

    Examples
    --------
    >>> times(63.2), times(2.04), times(0.314), times(1234.0)
    ('63', '2.0', '0.31', '1234')
    """
    return f"{factor:.{0 if factor >= 10 else 1 if factor >= 1 else 2}f}"


def digits(value: float) -> str:
    """Three digits, never an exponent.

    Examples
    --------
    >>> digits(18.234), digits(1234.5), digits(0.0123)
    ('18.2', '1234', '0.0123')
    """
    whole = len(str(int(value))) if value >= 1 else 0
    if whole:
        return f"{value:.{max(0, 3 - whole)}f}"
    return f"{float(f'{value:.3g}'):.4f}" if value < 0.1 else f"{value:.3f}"


def machine(about: Report, text: Text) -> str:
    """What computed: processor, cores, and the GPU or NumPy."""
    cpu = text("speed.machine", cpu=about["cpu"], cores=about["cores"], numpy=about["numpy"])
    if about["backend"] == "cupy":
        return text("speed.machine.gpu", gpu=about["device"], cpu=cpu)
    return cpu


def when(about: Report, text: Text) -> str:
    """When and where it was measured, and whether the machine had other work meanwhile."""
    said = text("speed.when", date=minute(about), machine=machine(about, text))
    return text.join(*filter(None, (said, busy(about, text))))


def busy(about: Report, text: Text) -> str:
    """That the machine had other work, where it had."""
    if about["load"] is None or about["load"] < about["cores"]:
        return ""
    return text("speed.busy", load=f"{about['load']:.1f}", cores=about["cores"])


def day(about: Report) -> str:
    """The day of a run.

    Examples
    --------
    >>> day({"date": "2026-01-02T03:04+00:00"}), minute({"date": "2026-01-02T03:04+00:00"})
    ('2026-01-02', '2026-01-02 03:04')
    """
    return minute(about)[:10]


def minute(about: Report) -> str:
    """The minute at which a run began, where it was measured."""
    began: str = about["date"]
    return began.replace("T", " ")[:16]


def added_up(values: Sequence[float], text: Text) -> tuple[str, list[str]]:
    """A whole time and its parts, written so that the digits of the parts add up to the whole's.

    Examples
    --------
    >>> added_up([0.0839, 0.0262, 0.0039, 0.0052], Text("en"))
    ('119 ms', ['84 ms', '26 ms', '4 ms', '5 ms'])
    >>> added_up([0.4, 0.4, 0.4], Text("en"))
    ('1.20 s', ['0.40 s', '0.40 s', '0.40 s'])
    """
    whole = sum(values)
    unit, scale = ("seconds", 1.0) if whole >= 1 else ("milliseconds", 1000.0)
    places = len(digits(scale * whole).partition(".")[2])
    steps = [scale * value * 10**places for value in values]
    rounded = [floor(step) for step in steps]
    # What is left goes to those of which most was cut off.
    left = round(sum(steps)) - sum(rounded)
    for n in sorted(range(len(steps)), key=lambda n: rounded[n] - steps[n])[:left]:
        rounded[n] += 1

    def told(count: int) -> str:
        return text(f"speed.{unit}", value=f"{count / 10**places:.{places}f}")

    return told(sum(rounded)), [told(count) for count in rounded]


def bar(part: float, kind: str, label: str, told: str) -> str:
    """A bar to scale, `part` of the whole width, with what it stands for and its value."""
    return (
        f'<div class="bar"><span class="label">{escape(label)}</span>'
        f'<span class="track"><i class="{kind}" style="--part:{part:.5f}"></i>'
        f"<b>{escape(told)}</b></span></div>"
    )
