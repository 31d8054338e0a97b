"""Writes the cases to a file: ``python -m tests.figures.cases FILE``."""

import json
import sys
from pathlib import Path

from tests.figures.cases import all_cases

Path(sys.argv[1]).write_text(json.dumps(all_cases(), allow_nan=False), encoding="utf-8")
