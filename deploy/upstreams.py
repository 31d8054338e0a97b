"""What nginx is told of the app's processes: where they are, and who goes to which.

A reader's socket, uploads and downloads belong to the process that holds the session, so a cookie
names that process: ``roipool_at=p2.4f0c...``. What follows the dot stays the reader's own: when the
process is gone, all tabs of a browser go to the same other one by it, and the readers spread over
all that are left. The cookie is sent again whenever another process has answered.

nginx can do it since 1.9: nothing of it is an address of the reader's, since a class behind one
router has only one.
"""

import re
from collections.abc import Sequence

COOKIE = "roipool_at"

_HEAD = """\
# Written by `python -m deploy --nginx`; deploy/upstreams.py says how it is meant.
"""

_READERS = """\
# What of a reader's cookie stays the same; a new reader's is made up.
map $cookie_roipool_at $roipool_reader {
    "~^p[0-9]+\\.(?<roipool_kept>[0-9a-f]{32})$" $roipool_kept;
    default                                    $request_id;
}
# Nothing is sent to whoever has it already, nor where nginx itself has answered.
map "$cookie_roipool_at>$roipool_at.$roipool_reader" $roipool_cookie {
    "~^(?<roipool_had>[^>]+)>(?P=roipool_had)$" "";
    "~>\\."                                    "";
    default "roipool_at=$roipool_at.$roipool_reader; $roipool_attributes";
}
"""


def upstreams(addresses: Sequence[str]) -> str:
    """The part of nginx's configuration that names the processes.

    Parameters
    ----------
    addresses : "host:port" of each process, in an order that stays: the first is p1 for good

    Examples
    --------
    >>> told = upstreams(["127.0.0.1:8501", "127.0.0.1:8502"])
    >>> "upstream roipool_p2 { server 127.0.0.1:8502; }" in told
    True
    >>> upstreams(["127.0.0.1"])
    Traceback (most recent call last):
    ...
    ValueError: '127.0.0.1' is no address of a process: host:port, 127.0.0.1:8501 for example
    """
    if not addresses:
        raise ValueError("nginx needs the address of one process at least")
    for address in addresses:
        if not re.fullmatch(r"(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}", address):
            raise ValueError(
                f"{address!r} is no address of a process: host:port, 127.0.0.1:8501 for example"
            )
    # One that is down is left alone for so long; a reader who is sent there meanwhile goes on to
    # the next within the same request.
    servers = "".join(f"    server {one} max_fails=1 fail_timeout=5s;\n" for one in addresses)
    named = [(f"p{n}", one) for n, one in enumerate(addresses, 1)]
    alone = "".join(f"upstream roipool_{name} {{ server {one}; }}\n" for name, one in named)
    wanted = "".join(f'    "~^{name}\\."  roipool_{name};\n' for name, _ in named)
    # What was tried in vain stands before it.
    at = "".join(f'    "~(^|[ ,]){re.escape(one)}$"  {name};\n' for name, one in named)
    return (
        f"{_HEAD}"
        "# New readers, one after the other; then those whose process is gone.\n"
        f"upstream roipool_new {{\n    zone roipool_new 64k;\n{servers}}}\n"
        "upstream roipool_left {\n"
        f"    zone roipool_left 64k;\n    hash $roipool_reader consistent;\n{servers}}}\n"
        f"# Those who have one.\n{alone}"
        f"map $cookie_{COOKIE} $roipool_upstream {{\n{wanted}    default roipool_new;\n}}\n"
        "# Which of them has answered.\n"
        f'map $upstream_addr $roipool_at {{\n{at}    default "";\n}}\n'
        f"{_READERS}"
    )
