"""Sections cut one by one, which is slow and plain."""

from fractions import Fraction
from math import ceil, floor

import numpy as np

from app.exercise.limits import MAX_BINS, MAX_SIDE
from roipool import PRESETS

LENGTHS, COUNTS = range(1, MAX_SIDE + 1), range(1, MAX_BINS + 1)


def boundary(i, n, count, convention):
    """i*n/P as the convention's arithmetic has it, from NumPy's scalars alone."""
    arithmetic = PRESETS[convention].arithmetic
    if arithmetic == "exact":
        return Fraction(i * n, count)
    real = np.dtype(arithmetic).type
    return Fraction(float(real(i) * (real(n) / real(count))))


def cut(n, count, convention):
    """Starts and stops of n cells in P sections, a section at a time."""
    snap = ceil if PRESETS[convention].stop == "ceil" else floor
    starts = [floor(boundary(i, n, count, convention)) for i in range(count)]
    stops = [snap(boundary(i + 1, n, count, convention)) for i in range(count)]
    return [starts, stops]
