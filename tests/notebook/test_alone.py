"""What a notebook needs, and what it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# In a process of its own: what others have imported here would be there already.
CODE = """
import sys
from roipool import article, show

sys.modules["anywidget"] = None
try:
    show(article.FEATURE_MAP, article.BOXES, 2)
except ImportError as error:
    print(error)
del sys.modules["anywidget"]
for screen in ("streamlit", "starlette", "plotly", "matplotlib"):
    sys.modules[screen] = None
widget = show(article.FEATURE_MAP, article.BOXES, 2)
print(widget.output.ravel().tolist(), "<td" in widget._repr_mimebundle_()[0]["text/html"])
"""


def test_it_needs_anywidget_and_says_so_and_nothing_of_the_app_s_page():
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    run = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    missing, shown = run.stdout.splitlines()
    assert 'pip install "roipool[notebook]"' in missing
    assert shown == "[0.85, 0.84, 0.97, 0.96] True"
