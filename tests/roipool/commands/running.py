"""Commands as processes, and the small files that they are given."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from roipool import article

ROOT = Path(__file__).parents[3]
BOX = "0, 0, 3, 7, 8\n"
BY_ARTICLE, BY_TORCHVISION = [[0.85, 0.84], [0.97, 0.96]], [[0.85, 0.96], [0.97, 0.91]]


def process(*arguments, given=""):
    """A command as a shell runs it, in a process of its own."""
    run = [sys.executable, "-m", "roipool", *map(str, arguments)]
    return subprocess.run(run, input=given, cwd=ROOT, capture_output=True, text=True)


def article_files(folder):
    """The article's map, as text and as NumPy saves it, its box, and torchvision's output."""
    cells = article.FEATURE_MAP[0, 0]
    (folder / "map.csv").write_text("\n".join(",".join(map(str, row)) for row in cells.tolist()))
    np.save(folder / "map.npy", article.FEATURE_MAP.astype(np.float32))
    (folder / "boxes.csv").write_text(BOX)
    (folder / "output.json").write_text(str(BY_TORCHVISION))
    return folder
