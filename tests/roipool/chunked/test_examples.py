"""The examples in the docstrings of roipool.dask."""

from tests.common import examples


def test_the_examples_are_true(chunked):
    tried, failed = examples(chunked)
    assert tried > 10
    assert failed == 0
