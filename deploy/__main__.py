"""``python -m deploy --processes 4`` runs them, with ``--nginx`` it tells nginx of them."""

import argparse
import os
import sys
from collections.abc import Sequence

from deploy import processes
from deploy.processes import LOOPBACK, PORT, serve
from deploy.upstreams import upstreams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it from a command line."""
    parser = argparse.ArgumentParser("python -m deploy", description=processes.__doc__)
    add = parser.add_argument
    add("--processes", type=int, default=os.cpu_count() or 1, help="how many (%(default)s)")
    add("--port", type=int, default=PORT, help="of the first (%(default)s)")
    add("--address", default=LOOPBACK, help="where they listen (%(default)s)")
    add("--host", action="append", default=[], help="a name that readers find nginx under")
    add("--nginx", action="store_true", help="only print upstreams.conf for these processes")
    add("--at", action="append", metavar="HOST:PORT", help="with --nginx: where they are instead")
    asked = parser.parse_args(arguments)
    if asked.processes < 1 or not 0 < asked.port <= asked.port + asked.processes - 1 < 65536:
        parser.error("there is no such number of processes, or of ports from there on")
    if asked.nginx:
        row = [f"{asked.address}:{asked.port + n}" for n in range(asked.processes)]
        try:
            print(upstreams(asked.at or row), end="")
        except ValueError as error:
            parser.error(str(error))
        return 0
    if asked.at:
        parser.error("--at is for --nginx alone: processes are started on this machine")
    return serve(asked.processes, port=asked.port, address=asked.address, hosts=asked.host)


if __name__ == "__main__":
    sys.exit(main())
