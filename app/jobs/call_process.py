"""The process of app/jobs/calls.py: functions come in, and what they return goes out.

Both ends are the app's own, so pickles are trusted; what readers hand in is only bytes in them.
"""

import os
import pickle
import sys
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

_MEGABYTE = 2**20


def main() -> None:
    """Call until there is nobody any more."""
    out = _own_output()
    _limit(int(sys.argv[1]))
    _say(out, "ready", None)
    while True:
        try:
            function, arguments, tells = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        more = {"progress": partial(_say, out, "told")} if tells else {}
        try:
            answer = "done", function(*arguments, **more)
        except Exception as error:
            answer = "raised", error
        _answer(out, *answer)


def _answer(out: BinaryIO, kind: str, what: Any) -> None:
    try:
        _say(out, kind, what)
    except MemoryError as error:
        _say(out, "raised", error)
    except Exception as error:  # what cannot be pickled is named
        _say(out, "raised", RuntimeError(f"{type(what).__name__}: {what} ({error})"))


def _say(out: BinaryIO, kind: str, what: Any) -> None:
    out.write(pickle.dumps((kind, what)))
    out.flush()


def _own_output() -> BinaryIO:
    """Where answers go; what anybody prints goes where errors go, and breaks none of them."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _limit(megabytes: int) -> None:
    """Bound the memory that this process can have beside the code that it runs; on Linux."""
    with suppress(ImportError, ValueError, OSError):  # elsewhere only its time is bounded
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE,) * 2)


if __name__ == "__main__":
    main()
