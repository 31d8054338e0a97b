"""``roipool bench``, as a shell runs it."""

import json

from tests.roipool.commands.running import process


def test_what_was_measured_is_told_and_kept(tmp_path):
    file = tmp_path / "run.json"
    asked = ("--sizes", "1x1x8x8/1", "--only", "numpy", "--operations", "values", "--rounds", "1")
    done = process("bench", *asked, "--json", file)
    assert done.returncode == 0, done.stderr
    assert "1x1x8x8/1" in done.stdout
    assert json.loads(file.read_text("utf-8"))


def test_a_size_that_there_is_not_is_said():
    done = process("bench", "--sizes", "huge")
    assert done.returncode == 2
    assert "roipool bench: error" in done.stderr
    assert "invalid choice: 'huge'" in done.stderr
