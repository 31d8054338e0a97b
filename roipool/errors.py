"""The one error that the package raises for input it cannot work with."""

from collections.abc import Iterable

_MOST_SHOWN = 500


class RoIPoolError(ValueError):
    """Input that cannot be pooled: says what was given, what is allowed and how to mend it.

    Examples
    --------
    >>> import numpy as np, roipool
    >>> roipool.roi_pool(np.zeros((1, 1, 8, 8)), np.zeros((1, 4)), 2)
    Traceback (most recent call last):
    ...
    roipool.errors.RoIPoolError: boxes has shape (1, 4); expected (N, 5), one row \
[batch_index, x1, y1, x2, y2] a box. The batch index is missing: put it in front of each row, or \
pass a list of one (L, 4) array per image.
    """


def shown(given: object) -> str:
    """What was given, as a message says it: of a long one the beginning.

    Examples
    --------
    >>> shown("magic"), shown(10**5000)
    ("'magic'", 'an int')
    """
    try:
        text = repr(given)
    except Exception:  # an integer of many digits, or an object whose own repr fails
        return f"an {type(given).__name__}"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."


def check_choice(given: object, name: str, allowed: Iterable[str]) -> None:
    """Refuse what is not one of the names allowed.

    Examples
    --------
    >>> check_choice("median", "reduce", ("max", "mean"))
    Traceback (most recent call last):
    ...
    roipool.errors.RoIPoolError: reduce is 'median'; expected one of max, mean.
    """
    names = tuple(allowed)
    if not isinstance(given, str) or given not in names:
        raise RoIPoolError(f"{name} is {shown(given)}; expected one of {', '.join(names)}.")
