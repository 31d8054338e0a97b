"""A module for jobs to run: it does what its input says. ``report(n)`` writes a report."""

import json
import sys
import time


def report(n, **values):
    print(json.dumps({"n": n} | values), flush=True)


def wait():
    time.sleep(60)


if __name__ == "__main__":
    exec(sys.stdin.read())
