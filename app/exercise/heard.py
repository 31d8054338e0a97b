"""What the library warns of while it computes for a reader, to be said on the page."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_one_listens = Lock()


@contextmanager
def listening(backend: str, caller: str) -> Iterator[list[str]]:
    """What the library warns the file `caller` of inside: the GPU had no room, NumPy took over."""
    heard: list[str] = []
    if backend == "numpy":
        yield heard
        return
    # Listening swaps the process's filters, so only the GPU's calls do it, one at a time.
    with _one_listens:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield heard
        for one in caught:
            if issubclass(one.category, RuntimeWarning) and one.filename == caller:
                heard.append(str(one.message))
            else:
                # Another thread's, or about something else: on it goes.
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
