"""``roipool lessons``: lessons as a page, and as a course's package."""

import zipfile

from app.takeaway.made import MASTERY
from roipool.commands.everything import main
from tests.roipool.commands.running import process


def test_a_lesson_is_a_page_of_its_own(tmp_path):
    file = tmp_path / "one.html"
    done = process("lessons", "--lesson", "1", "-o", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "<title>What goes in, what comes out</title>" in file.read_text("utf-8")


def test_a_course_is_told_from_which_score_it_is_passed(tmp_path):
    file = tmp_path / "course.zip"
    assert main(["lessons", "--lesson", "1", "--lang", "zh", "-o", str(file)]) == 0
    with zipfile.ZipFile(file) as package:
        assert f"masteryscore>{MASTERY}<" in package.read("imsmanifest.xml").decode()


def test_a_lesson_that_there_is_not_is_said_and_nothing_is_written(tmp_path, capsys):
    file = tmp_path / "none.html"
    assert main(["lessons", "--lesson", "99", "-o", str(file)]) == 2
    assert "there is no lesson 99" in capsys.readouterr().err
    assert not file.exists()
