"""A video: every scene for as long as the animation has it, handed to whatever ffmpeg there is."""

import json
import sys

import numpy as np
import pytest

from app.exercise.record import pool
from app.exports import video as module
from app.exports.film import Film
from app.exports.video import FfmpegError, video
from tests.exports.drawings import ARTICLE, EN

# Writes down what it is told and how much it is given, and keeps the first and the last frame.
FFMPEG = """#!{python}
import json, sys
told = sys.argv[1:]
wide, high = map(int, told[told.index("-s") + 1].split("x"))
pixels, size = sys.stdin.buffer.read(), wide * high * 4
frames = len(pixels) / size
kept = {{"told": told, "wide": wide, "high": high, "frames": frames}}
kept["first"], kept["last"] = (sum(part[::977]) for part in (pixels[:size], pixels[-size:]))
open(told[-1], "w").write(json.dumps(kept))
"""


@pytest.fixture
def ffmpeg(tmp_path, monkeypatch):
    """Puts a program of this text on the path as ffmpeg."""

    def put(text):
        program = tmp_path / "ffmpeg"
        program.write_text(text.format(python=sys.executable))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    return put


def test_each_scene_is_as_many_frames_as_it_takes_of_a_kind_that_players_play(ffmpeg):
    ffmpeg(FFMPEG)
    kept = json.loads(video(ARTICLE, pool(ARTICLE), EN))
    film = Film(ARTICLE, pool(ARTICLE), EN)
    first, last = (film.frame(film.scenes[k]) for k in (0, -1))
    assert (kept["high"], kept["wide"]) == first.shape[:2]
    # Five scenes of a second and a half, in frames of a tenth.
    assert kept["frames"] == 5 * 15
    assert kept["told"][kept["told"].index("-r") + 1] == "1000/100"
    sums = [int(np.frombuffer(one.tobytes()[::977], np.uint8).sum()) for one in (first, last)]
    assert [kept["first"], kept["last"]] == sums
    told = " ".join(kept["told"])
    assert "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white -pix_fmt yuv420p -movflags +faststart" in told


@pytest.mark.parametrize("reads", ["", "import sys; sys.stdin.buffer.read()"])
def test_what_ffmpeg_says_is_said_whether_it_reads_on_or_not(ffmpeg, reads):
    ffmpeg("#!{python}\n" + reads + "\nraise SystemExit('first\\nUnknown encoder')")
    with pytest.raises(FfmpegError, match=r"could not write the video: Unknown encoder$"):
        video(ARTICLE, pool(ARTICLE), EN)


def test_without_ffmpeg_it_is_said_before_anything_is_drawn(monkeypatch):
    monkeypatch.setattr(module, "which", lambda name: None)
    monkeypatch.setattr(module, "Film", None)
    with pytest.raises(FfmpegError, match="there is none on the PATH"):
        video(ARTICLE, pool(ARTICLE), EN)
