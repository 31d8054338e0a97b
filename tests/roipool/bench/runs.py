"""Runs of the bench that take no time, and rows as they give."""

from roipool.bench.compare import Entry, Row
from roipool.bench.measure import Spread
from roipool.bench.peers import CALL

TINY = "1x1x8x8/1"
QUICK = ["--quick", "--sizes", TINY]


def row(peer, operation, median, how=CALL):
    return Row(Entry(peer, operation, how), Spread(median, median, median, (median,)), None, 1e9)
