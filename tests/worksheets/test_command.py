"""The command line: files of the kind that is asked for, and errors in words."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.worksheets import order
from roipool.__main__ import main
from tests.worksheets import sample

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def lesson(monkeypatch):
    sample.say(monkeypatch)
    monkeypatch.setattr(order, "lessons", lambda: (sample.only("value", "pick"),))


def test_a_pdf_has_a_sheet_for_each_seed_on_the_paper_that_is_asked_for(tmp_path):
    path = tmp_path / "sheet.pdf"
    given = f"worksheet --lesson 77 --seed 7 --count 2 --paper letter -o {path}"
    assert main(given.split()) == 0
    reader = PdfReader(BytesIO(path.read_bytes()))
    texts = [page.extract_text() for page in reader.pages]
    assert ["Sheet 7" in texts[0], "Sheet 8" in texts[1], len(texts)] == [True, True, 2]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]


def test_a_workbook_is_told_by_its_name(tmp_path):
    path = tmp_path / "sheet.XLSX"
    given = f"worksheet --lesson 77 --seed 7 --lang zh --filled -o {path}"
    assert main(given.split()) == 0
    assert load_workbook(BytesIO(path.read_bytes())).sheetnames == ["7.1", "7.2"]


def test_a_lesson_that_is_not_there_is_told_with_those_that_are(tmp_path, capsys):
    path = tmp_path / "sheet.pdf"
    assert main(["worksheet", "--lesson", "9", "-o", str(path)]) == 2
    assert "there is no lesson 9; there are 77" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("--lesson 77 -o sheet.docx", "'sheet.docx' ends in neither .pdf nor .xlsx"),
        ("--lesson 0 -o sheet.pdf", "'0' is not a whole number from 1"),
        ("--lesson 77 --count 101 -o sheet.pdf", "'101' is not a whole number from 1 to 100"),
        ("--lesson 77 --paper A3 -o sheet.pdf", "'A3' is no paper known here; A4 or Letter is"),
        ("--lesson 77 --lang fr -o sheet.pdf", "invalid choice: 'fr'"),
        ("--lesson 77 -o /nowhere/sheet.pdf", "'/nowhere/sheet.pdf' is no file that can"),
        ("-o sheet.pdf", "the following arguments are required: --lesson"),
    ],
)
def test_what_is_not_understood_is_said(given, told, capsys):
    with pytest.raises(SystemExit) as left:
        main(["worksheet", *given.split()])
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_without_the_app_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "app.worksheets.command", None)
    assert main(["worksheet", "--lesson", "77", "-o", "sheet.pdf"]) == 2
    assert "pip install -r requirements.txt" in capsys.readouterr().err


def test_the_module_runs_as_a_program_without_a_screen(tmp_path):
    given = ["worksheet", "--lesson", "99999", "-o", str(tmp_path / "sheet.pdf")]
    program = [sys.executable, "-X", "importtime", "-m", "roipool"]
    done = subprocess.run([*program, *given], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "there is no lesson 99999; there are" in done.stderr
    assert "Traceback" not in done.stderr
    imported = set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "app.worksheets.command" in imported
    assert not imported & {"streamlit", "matplotlib.pyplot"}


def test_a_shell_is_made_a_sheet(tmp_path):
    file = tmp_path / "sheet.xlsx"
    given = ["worksheet", "--lesson", "1", "-o", str(file)]
    done = subprocess.run([sys.executable, "-m", "roipool", *given], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert file.read_bytes().startswith(b"PK")
