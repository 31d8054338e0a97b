"""Charts are made with what is loaded when the first of them is asked for."""

import subprocess
import sys

LOADED = """
import sys
from app.widgets.charts import graph_objects
before = "pandas" in sys.modules
graph_objects()
print(before, "pandas" in sys.modules)
"""


def test_plotly_finds_no_pandas_that_another_session_is_just_loading():
    """Whoever imports a module waits until it is loaded; Plotly looks whether there is one."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("False True", "")
