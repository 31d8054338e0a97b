"""The example notebook, run by a kernel, and the page that it is made into."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "roipool.ipynb"
NEEDED = ("anywidget", "ipykernel", "nbclient", "nbconvert")


@pytest.fixture(scope="module")
def executed():
    """Its cells by their ids, with what they have put out, and the notebook that they are in."""
    for package in NEEDED:
        pytest.importorskip(package, reason=f"{package} is not installed")
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        # The checkout that is meant, whichever is installed.
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("LANG", "C")
        NotebookClient(notebook, timeout=120, store_widget_state=False).execute()
    return notebook, {cell.id: cell for cell in notebook.cells}


def result(cell):
    """What a cell's last line gives, as each kind of text that it is told in."""
    (output,) = (one for one in cell.outputs if one.output_type == "execute_result")
    return output.data


def test_it_is_kept_without_what_a_run_puts_out():
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


def test_it_shows_what_it_says(executed):
    _, cells = executed
    assert "application/vnd.jupyter.widget-view+json" in result(cells["figure"])
    assert "0.85, 0.84" in result(cells["read"])["text/plain"]
    assert "True" in result(cells["pool"])["text/plain"]
    assert re.findall("True|False", result(cells["compare"])["text/plain"]) == [
        "False",
        "True",
        "False",
        "True",
    ]


def test_a_page_made_of_it_has_the_figures_and_their_numbers_and_asks_for_nothing(executed):
    from nbconvert import HTMLExporter

    notebook, _ = executed
    page, _ = HTMLExporter(embed_images=True).from_notebook_node(notebook)
    (first, *_) = re.findall(r"<table style.*?</table>", page, re.DOTALL)
    assert re.findall(r"<td[^>]*>([^<]*)</td>", first) == ["0.85", "0.84", "0.97", "0.96"]
    assert "Box 0: (0, 3)–(7, 8)" in first
    assert page.count("data:image/svg+xml") >= 3
    assert "application/vnd.jupyter.widget" not in page
