"""What the figures compute, tested as the JavaScript that it is: in Node, without a page.

The tests are the ``*.test.mjs`` here. The numbers that they expect come from the library and the
app, see cases/.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.common import need
from tests.figures.cases import all_cases
from tests.figures.node import find_node

HERE = Path(__file__).parent
RUNNERS = re.compile(r"    at .*(node:|/tests/figures/run\.mjs)")
FILES = sorted(HERE.rglob("*.test.mjs"))


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """What Node told of each test, by file: one process for all of them."""
    node = find_node()
    need(node, "no Node from 20.19 or 22.7 on, neither on the path nor Playwright's")
    path = tmp_path_factory.mktemp("figures") / "cases.json"
    path.write_text(json.dumps(all_cases(), allow_nan=False), encoding="utf-8")
    command = [node, f"--test-reporter={(HERE / 'reporter.mjs').as_uri()}"]
    command += ["--test-reporter-destination=stdout", str(HERE / "run.mjs")]
    run = subprocess.run(
        [*command, *(file.as_uri() for file in FILES)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "FIGURE_CASES": str(path)},
        timeout=120,
        check=False,
    )
    found = {file: [] for file in FILES}
    for line in run.stdout.splitlines():
        test = json.loads(line)
        # One that could not be loaded comes under its name.
        of = [file for file in FILES if test["name"] == file.as_uri()]
        found[of[0] if of else Path(test["file"])].append(test)
    wrong = [test for tests in found.values() for test in tests if "error" in test]
    assert run.returncode == (1 if wrong else 0), run.stderr
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(HERE).as_posix())
def test_figures_compute_what_the_library_does(ended, file):
    assert ended[file], "no test of this file has run"
    wrong = [told(test) for test in ended[file] if "error" in test]
    if wrong:
        pytest.fail("\n\n".join(wrong), pytrace=False)


def told(test):
    """What a person reads of a test that failed: nothing of the runner's own calls."""
    lines = f"{test['name']}\n{test['error']}".splitlines()
    return "\n".join(line for line in lines if not RUNNERS.match(line))
