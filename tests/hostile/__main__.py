"""Hostile messages for a server of the app: ``python -m tests.hostile --messages 5000``.

What fails for them is counted, by what was raised where, and what the server tells of its files.
"""

import argparse
import asyncio
import sys
import time

from tests.server import Server

from .fuzz import Fuzzer, fuzz
from .traces import our_tracebacks
from .watch import Seen, weighed


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.hostile", description=__doc__)
    parser.add_argument("--messages", type=int, default=500, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="decides which (%(default)s)")
    asked = parser.parse_args()

    async def attack() -> tuple[Seen, list[Fuzzer]]:
        async with weighed(server) as seen:
            return seen, await fuzz(server, asked.messages, asked.seed)

    begun = time.monotonic()
    with Server() as server:
        seen, fuzzers = asyncio.run(attack())
        traces = our_tracebacks(server.log)
    told = [line for fuzzer in fuzzers for line in fuzzer.told_paths]
    sent = sum(fuzzer.sent for fuzzer in fuzzers)
    print(f"{sent} messages in {time.monotonic() - begun:.0f} s, {seen.memory:.0f} MB at most")
    print("\n".join(seen.wrong))
    print(f"{traces.total()} tracebacks of ours")
    for what, count in traces.most_common():
        print(f"{count:6} {what}")
    print(f"{len(told)} lines that tell where files lie")
    sys.exit(bool(traces or told or seen.verdict()))


if __name__ == "__main__":
    main()
