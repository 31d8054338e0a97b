"""Measured numbers as people read them."""

from html import escape

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
    date = about["date"].replace("T", " ")[:16]
    said = text("speed.when", date=date, machine=machine(about, text))
    if about["load"] is not None and about["load"] >= about["cores"]:
        busy = text("speed.busy", load=f"{about['load']:.1f}", cores=about["cores"])
        return text.join(said, busy)
    return said


def bar(part: float, kind: str, label: str, told: str) -> str:
    """A bar to scale, `part` of the whole width, with what it stands for and its value."""
    return (
        f'<div class="bar"><span class="label">{escape(label)}</span>'
        f'<span class="track"><i class="{kind}" style="--part:{part:.5f}"></i>'
        f"<b>{escape(told)}</b></span></div>"
    )
