"""Answers go out when they are written, and do not wait until the last has been acknowledged.

asyncio sees to that for sockets that it opens itself. Streamlit hands it a listening one whose
protocol is left open, where asyncio does not (https://github.com/Kludex/uvicorn/issues/3149 has the
same), so Nagle's algorithm holds the second part of an answer back until the reader's machine
acknowledges the first, which that puts off: 40 ms for every edit.
"""

import os
import socket
import stat

# Where a process finds what it has open; there is none on Windows, where answers wait as before.
_OPEN = "/dev/fd"


def send_promptly() -> None:
    """Have whatever is accepted from now on send at once: it takes over what the listener has."""
    for listener in _listeners():
        with listener:
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listeners() -> list[socket.socket]:
    """The TCP sockets on which this process listens, each as a second handle on the same one."""
    found = []
    for name in os.listdir(_OPEN) if os.path.isdir(_OPEN) else ():
        try:
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            one = socket.socket(fileno=os.dup(int(name)))
        except OSError:
            continue  # closed meanwhile, as what has listed the folder is
        if _listens(one):
            found.append(one)
        else:
            one.close()
    return found


def _listens(one: socket.socket) -> bool:
    is_tcp = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM
    return is_tcp and bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
