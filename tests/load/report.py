"""What a crowd has noted, as numbers, and as lines to be read."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

from .crowd import Noted

# In the order of the table.
KINDS = ("open", "page", "page again", "rows", "box", "cell", "convention")
ANSWERS = ("rows", "box", "cell", "convention")
SHARES = (50, 95, 99)
# The reader after whom a server should have taken all the memory that it will.
STEADY = 300


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that so many % of the values are not above.

    Examples
    --------
    >>> percentile([4, 1, 3, 2], 50), percentile([4, 1, 3, 2], 99)
    (2, 4)
    """
    return sorted(values)[max(0, math.ceil(len(values) * share / 100) - 1)]


def numbers(noted: Noted) -> dict[str, Any]:
    """All of it as plain JSON: milliseconds, bytes, MB and seconds."""
    kinds = {kind: noted.answers[kind] for kind in KINDS if kind in noted.answers}
    kinds["all answers"] = [one for kind in ANSWERS for one in noted.answers.get(kind, ())]
    told = {}
    for kind, answers in kinds.items():
        if not answers:
            continue
        times = [1000 * answer.seconds for answer in answers]
        told[kind] = {
            "count": len(answers),
            **{f"ms_{share}": round(percentile(times, share), 1) for share in SHARES},
            "bytes": round(median(answer.bytes for answer in answers)),
            "fetched": round(median(answer.fetched for answer in answers)),
        }
    return {
        "kinds": told,
        "wrong": noted.wrong,
        "dropped": noted.dropped,
        "seconds": round(noted.seconds, 1),
        "cpu_seconds": round(noted.processor, 1),
        "memory_mb": {
            "start": round(noted.memory[0]),
            "peak": round(max(noted.memory)),
            "end": round(noted.memory[-1]),
        },
    }


def churned(noted: Noted) -> dict[str, Any]:
    """The memory while readers came and went, as plain JSON."""
    at = min(STEADY, len(noted.memory))
    return numbers(noted) | {
        "memory_mb": {
            "first": round(noted.memory[0]),
            str(at): round(noted.memory[at - 1]),
            str(len(noted.memory)): round(noted.memory[-1]),
        }
    }


def lines(name: str, told: dict[str, Any]) -> list[str]:
    """The same, to be read."""
    head = f"{'':14}{'count':>7}" + "".join(f"{f'{share} %':>10}" for share in SHARES)
    said = [name, head + f"{'bytes':>12}{'over HTTP':>12}"]
    for kind, one in told["kinds"].items():
        times = "".join(f"{one[f'ms_{share}']:>7.0f} ms" for share in SHARES)
        said.append(f"{kind:14}{one['count']:>7}{times}{one['bytes']:>12,}{one['fetched']:>12,}")
    memory = ", ".join(f"{when} {size} MB" for when, size in told["memory_mb"].items())
    said.append(f"memory: {memory}")
    if told["seconds"]:
        said.append(f"CPU: {told['cpu_seconds']} s of {told['seconds']} s")
    for what in ("wrong", "dropped"):
        said.append(f"{what}: {len(told[what])}")
        said += [f"  {one}" for one in sorted(set(told[what]))[:5]]
    return said
