"""What the server keeps of the machine's memory: no more than it needs."""

import ctypes
import sys
from contextlib import suppress

# glibc's M_ARENA_MAX (malloc.h). A thread's first allocation opens an arena, up to eight for each
# core, and what was freed in one is not used by another: twenty readers who handed in a photograph
# each cost 130 MB of nothing. Under the GIL threads hardly ever wait for an arena.
_ARENA_MAX = -8
_ARENAS = 2


def share() -> None:
    """Have all threads take their memory from few arenas; elsewhere than on glibc, nothing."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such knob
            ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)
