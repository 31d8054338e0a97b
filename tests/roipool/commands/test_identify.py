"""``roipool identify``: the page's answer on a terminal, and its exit code."""

import json
import sys

import pytest

from app.conventions.asked import pasted
from app.conventions.matches import explained
from app.conventions.told import MOST, sentences, table
from app.text import LANGUAGES, Text
from roipool.commands.everything import main
from tests.roipool.commands.running import article_files, process


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(article_files(tmp_path))
    return tmp_path


def test_who_made_an_output_is_said(folder):
    done = process("identify", *(folder / name for name in ("map.npy", "boxes.csv", "output.json")))
    assert done.stdout.startswith("All 4 values agree with torchvision"), done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_words_are_the_page_s(folder, capsys, language):
    assert main(f"identify map.csv boxes.csv output.json --lang {language}".split()) == 0
    fields = zip(("map", "boxes", "output"), ("map.csv", "boxes.csv", "output.json"), strict=True)
    said = explained({name: pasted((folder / file).read_text()) for name, file in fields}, 1.0)
    text = Text(language)
    printed = capsys.readouterr().out.splitlines()
    assert printed == [*sentences(said, text), "", *table(said, text)]


def test_an_output_that_nothing_explains_has_an_exit_code_of_its_own(folder, capsys):
    (folder / "output.json").write_text("[[5, 6], [7, 8]]")
    assert main(["identify", "map.csv", "boxes.csv", "output.json"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Nothing that is tried here makes this output")
    assert len(said.splitlines()) <= MOST + 6


def test_a_program_is_told_everything(folder, capsys):
    (folder / "boxes.csv").write_text("0, 3, 0, 8, 7\n")
    assert main(["identify", "map.csv", "boxes.csv", "output.json", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    best = found["matches"][0]
    assert (found["explained"], found["undecided"]) == (True, 0)
    assert (best["name"], best["reading"], best["differing"]) == ("fast_rcnn", "swapped_xy", 0)
    assert "torchvision" in best["frameworks"]


def test_without_the_app_it_speaks_the_library_s_names(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "app.conventions", None)
    (folder / "output.json").write_text("[[[[0.85, 0.96], [0.97, 0.91]]]]")
    assert main(["identify", "map.csv", "boxes.csv", "output.json"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "0 of 4 differ: fast_rcnn, max, boxes as_given"


@pytest.mark.parametrize(
    ("boxes", "output", "told"),
    [
        ("0, 0, 3, 7, 8", "[[1, 2, 3], [4, 5]]", "output.json: "),
        ("0, 0, 3, 7, 8", "[1, 2, 3]", "3"),
        ("4, 0, 3, 7, 8", "[[1, 2], [3, 4]]", "4"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(folder, capsys, boxes, output, told):
    (folder / "boxes.csv").write_text(boxes)
    (folder / "output.json").write_text(output)
    assert main(["identify", "map.csv", "boxes.csv", "output.json"]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert "problem." not in said.err
    assert said.out == ""
