"""``roipool render``: the article's animation, a step, a storyboard, of whatever is asked for."""

import re
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from app.exercise.link import encode
from app.exercise.presets import preset_exercise
from app.exercise.record import article_exercise
from app.takeaway.document import page
from app.text import Text
from roipool.commands import render, shown
from roipool.commands.everything import main, program
from tests.exports.drawings import frames, reds
from tests.exports.test_article import TITLES
from tests.roipool.commands.running import article_files, process

ARTICLE = article_exercise()
SVG = "{http://www.w3.org/2000/svg}text"
VALUES = {f"{value:.2f}" for row in ARTICLE.cells for value in row}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(article_files(tmp_path))
    return tmp_path


def asked(*arguments):
    """The exercise that a command line asks for."""
    options = program().parse_args(["render", "-o", "out.gif", *arguments])
    return shown.exercise(options, Text("en"))


def test_the_article_s_animation_is_five_frames_of_a_second_and_a_half(tmp_path):
    done = process("render", "-o", tmp_path / "article.gif")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    told = frames((tmp_path / "article.gif").read_bytes())
    assert [duration for _, duration in told] == [1500] * 5
    assert [reds(pixels) > 500 for pixels, _ in told] == [False, False, False, True, False]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("step", "title"), list(zip(render.STEPS, TITLES, strict=True)))
def test_a_step_has_the_article_s_title_and_numbers(folder, step, title):
    assert main(["render", "--step", step, "-o", "step.svg"]) == 0
    words = {"".join(text.itertext()) for text in ElementTree.parse("step.svg").iter(SVG)}
    assert title in words
    numbers = {word for word in words if re.fullmatch(r"0\.\d\d", word)}
    assert numbers == ({"0.85", "0.84", "0.97", "0.96"} if step == "output" else VALUES)


def test_pictures_are_of_the_kind_that_their_name_says(folder):
    assert main(["render", "--storyboard", "-o", "board.PNG"]) == 0
    assert main(["render", "--step", "maxima", "--lang", "zh", "-o", "step.pdf"]) == 0
    with Image.open("board.PNG") as board:
        assert (board.format, board.width) == ("PNG", 3 * 640)
    assert "0.88" in PdfReader("step.pdf").pages[0].extract_text()


def test_what_is_shown_is_a_preset_a_link_or_files(folder):
    assert asked() == ARTICLE
    assert asked("--preset", "57-in-7") == preset_exercise("57-in-7")
    other = replace(ARTICLE, output_size=(3, 1), convention="mmcv")
    for address in ("http://localhost:8501/sizes?hide=1&x={}", "?x={}", "{}"):
        assert asked("--link", address.format(encode(other))) == other
    assert asked("--link", "http://localhost:8501/sizes?preset=3-in-7") == preset_exercise("3-in-7")
    assert asked("--map", "map.csv", "--boxes", "boxes.csv") == ARTICLE
    assert asked("--map", "map.csv").boxes == ()


def test_options_change_what_was_named(folder):
    (folder / "boxes.csv").write_text("0, 0, 6, 14, 16\n0, 2, 2, 12, 12")
    options = "--output-size 3x2 --convention caffe --scale 1/2 --box 1 --boxes boxes.csv"
    found = asked(*options.split())
    assert (found.output_size, found.rule.name) == ((3, 2), "fast_rcnn")
    assert (found.spatial_scale, found.selected) == (0.5, 1)
    assert found.boxes == ((0, 0, 6, 14, 16), (0, 2, 2, 12, 12))
    assert asked("--convention", "torchvision").rule.name == "torchvision"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("--preset nobody", "there is no preset 'nobody'; there are article, "),
        ("--link 1broken", "damaged"),
        ("--link http://localhost:8501/?lang=zh", "this address holds no exercise"),
        ("--map words.csv", "words.csv: Row 0, column 0 holds “one”"),
        ("--map map.csv --boxes words.csv", "words.csv: "),
        ("--output-size 15", "up to 14 sections can be drawn"),
        ("--convention nobody", "convention is 'nobody'"),
        ("--box 1", "there is no box 1; there are 1"),
        ("--channel 1", "there is no channel 1; there are 1"),
        ("--storyboard", "a storyboard is a .png"),
        ("--step maxima", "--step is of one picture"),
        ("--map map.csv --step maxima -o out.svg", "there is no box, and so no step but input"),
    ],
)
def test_what_cannot_be_drawn_is_said(folder, capsys, given, told):
    (folder / "words.csv").write_text("one,two\nthree,four\n")
    assert main(["render", "-o", "out.gif", *given.split()]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.startswith("roipool render: ")
    assert not (folder / "out.gif").exists()


def test_a_video_without_ffmpeg_is_refused_in_words(folder, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert main(["render", "-o", "out.mp4"]) == 2
    assert "there is none on the PATH. A .gif needs none." in capsys.readouterr().err


def test_without_what_draws_it_says_what_to_install(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["render", "-o", "out.gif"]) == 2
    assert 'pip install "roipool[app]"' in capsys.readouterr().err


def test_a_way_of_writing_that_is_added_is_offered(folder, monkeypatch, capsys):
    monkeypatch.setitem(render.WRITERS, ".txt", lambda asked: asked.step.encode())
    assert main(["render", "--step", "maxima", "-o", "out.txt"]) == 0
    assert (folder / "out.txt").read_text() == "maxima"
    with pytest.raises(SystemExit):
        main(["render", "-o", "out.doc"])
    assert ".zip and .txt" in capsys.readouterr().err


def test_the_stage_itself_is_a_page(folder):
    assert main(["render", "--preset", "57-in-7", "-o", "stage.html"]) == 0
    exercise = preset_exercise("57-in-7")
    assert (folder / "stage.html").read_text("utf-8") == page(exercise, Text("en"))
