"""The examples in the docstrings of roipool.torch."""

from tests.common import examples


def test_the_examples_are_true(pool):
    import roipool.torch

    tried, failed = examples(roipool.torch)
    assert tried > 10
    assert failed == 0
