"""The example of the article "Region of interest pooling explained" (deepsense.ai, 2017)."""

import numpy as np

ADDRESS = "https://deepsense.ai/region-of-interest-pooling-explained/"
"""Where the article stands."""

FEATURE_MAP = np.array(
    [
        [0.88, 0.44, 0.14, 0.16, 0.37, 0.77, 0.96, 0.27],
        [0.19, 0.45, 0.57, 0.16, 0.63, 0.29, 0.71, 0.70],
        [0.66, 0.26, 0.82, 0.64, 0.54, 0.73, 0.59, 0.26],
        [0.85, 0.34, 0.76, 0.84, 0.29, 0.75, 0.62, 0.25],
        [0.32, 0.74, 0.21, 0.39, 0.34, 0.03, 0.33, 0.48],
        [0.20, 0.14, 0.16, 0.13, 0.73, 0.65, 0.96, 0.32],
        [0.19, 0.69, 0.09, 0.86, 0.88, 0.07, 0.01, 0.48],
        [0.83, 0.24, 0.97, 0.04, 0.24, 0.35, 0.50, 0.91],
    ]
)[None, None]
"""(1, 1, 8, 8): one image, one channel."""

BOXES = np.array([[0.0, 0.0, 3.0, 7.0, 8.0]])
"""The region proposal, (0, 3) to (7, 8): columns 0-6, rows 3-7."""

OUTPUT_SIZE = (2, 2)

OUTPUT = np.array([[0.85, 0.84], [0.97, 0.96]])[None, None]
"""What the article's figure shows."""

for _array in (FEATURE_MAP, BOXES, OUTPUT):
    _array.setflags(write=False)
