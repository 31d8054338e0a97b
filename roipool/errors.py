"""The one error that the package raises for input it cannot work with."""

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
