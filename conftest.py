"""How tests are run: what is left alone, how much of what is exhaustive, by how many processes."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

# Before NumPy is imported. Threads that wait for each other on a core that others use too take
# twenty times as long as one that waits for none.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# To collect their examples every process would import torch, for seconds, and Dask: tests run them
# (tests/roipool/*/test_examples.py).
collect_ignore = ["roipool/torch", "roipool/dask"]
# Its examples run where what it needs is; where it isn't, this module cannot even be imported.
collect_ignore += [] if find_spec("anywidget") else ["app/notebook/widget.py"]

ROOT = Path(__file__).parent
# Tests that wait for a server or a browser. They come first, so that none of them is waited for at
# the end while the other processes have nothing to do.
WAITING = [ROOT / "tests" / folder for folder in ("hostile", "load", "deploy", "browser")]


def pytest_addoption(parser):
    parser.addoption(
        "--exhaustive",
        action="store_true",
        help="every case of the tests that otherwise try a sample (tests/sampling.py)",
    )
    parser.addoption(
        "--seed", type=int, default=0, help="which sample is tried without --exhaustive"
    )


def pytest_configure(config):
    from tests.sampling import SAMPLING

    SAMPLING.exhaustive = config.getoption("exhaustive")
    SAMPLING.seed = config.getoption("seed")
    if find_spec("hypothesis"):
        from hypothesis import settings

        # What a test does not say itself.
        settings.register_profile("sampled", max_examples=SAMPLING.examples(100))
        settings.load_profile("sampled")
    config.addinivalue_line(
        "markers", "sampled(one_in): one in so many of its cases is tried, all with --exhaustive"
    )


def pytest_report_header(config):
    if config.getoption("exhaustive"):
        return "sample: none, every case is tried"
    return f"sample: seed {config.getoption('seed')} (--seed for another, --exhaustive for all)"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Three processes on two cores, since some tests wait; none for files that somebody names."""
    named = [Path(str(arg).partition("::")[0]) for arg in config.args]
    if all(path.is_file() for path in named):
        return 0
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else os.cpu_count()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    from tests.sampling import SAMPLING

    # A case that is named is run.
    if not any("[" in str(arg) for arg in config.args):
        left = SAMPLING.deselect(items)
        config.hook.pytest_deselected(items=left)
        gone = set(map(id, left))
        items[:] = [item for item in items if id(item) not in gone]
    place = {folder: rank for rank, folder in enumerate(WAITING)}

    def rank(item):
        return min((place[f] for f in place if item.path.is_relative_to(f)), default=len(place))

    items.sort(key=rank)
