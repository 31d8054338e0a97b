"""Finite differences: what a gradient must agree with."""

import numpy as np

STEP = 1e-6
SAMPLES = 25


def relative_errors(loss, array, gradient, rng, samples=SAMPLES):
    """How far entries of a gradient are from the difference quotient of `loss()`, relatively.

    `array` is what the loss depends on, float64; entries are changed in place and set back.
    """
    assert array.dtype == np.float64
    assert gradient.shape == array.shape
    flat, errors = array.reshape(-1), []
    assert np.shares_memory(flat, array)
    for place in rng.permutation(flat.size)[:samples]:
        kept = flat[place]
        flat[place] = kept + STEP
        above = loss()
        flat[place] = kept - STEP
        below = loss()
        flat[place] = kept
        expected, given = (above - below) / (2 * STEP), gradient.reshape(-1)[place]
        # Differences of float64 losses hold about nine digits; smaller gradients are zero to them.
        errors.append(abs(expected - given) / max(abs(expected), abs(given), 1e-5))
    return np.array(errors)
