"""The story as a video, which slides play better than a GIF; ffmpeg writes it, if there is one."""

import subprocess
from contextlib import suppress
from math import gcd
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory, TemporaryFile

from app.exercise.record import Exercise, Result
from app.exports.film import Film
from app.jobs.processes import pipe
from app.text import Text

# ms of a frame at most: players have trouble with fewer than ten a second.
MOST = 100
# Most players want both sides even and this kind of colours. The codec is the best that it has.
_AS = ("-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white", "-pix_fmt", "yuv420p")


class FfmpegError(RuntimeError):
    """There is no ffmpeg on the PATH, or it could not write the video; the error says which."""


def video(exercise: Exercise, result: Result, text: Text, *, scan: bool = False) -> bytes:
    """The animation as the bytes of an MP4 file that plays once, each scene as long as in the GIF.

    Raises
    ------
    FfmpegError
        There is none on the PATH, or it has failed.
    """
    ffmpeg = which("ffmpeg")
    if ffmpeg is None:
        raise FfmpegError("a video is written by ffmpeg, and there is none on the PATH")
    film = Film(exercise, result, text, scan=scan)
    # A scene is as many frames as it takes.
    step = gcd(MOST, *(scene.hold for scene in film.scenes))
    high, wide = film.frame(film.scenes[0]).shape[:2]
    pixels = ("-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{wide}x{high}", "-r", f"1000/{step}")
    # Players want what says where the frames are before them, which is known after them: so it
    # cannot be written to a pipe.
    with TemporaryDirectory() as folder:
        written = Path(folder, "roipool.mp4")
        command = [ffmpeg, "-loglevel", "error", *pixels, "-i", "-", *_AS]
        command += ["-movflags", "+faststart", "-y", str(written)]
        _feed(command, film, step)
        return written.read_bytes()


def _feed(command: list[str], film: Film, step: int) -> None:
    """Run a command and write to it all frames, each of `step` ms."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors)
        # If it ends before it has all, it says why.
        with suppress(BrokenPipeError), pipe(process.stdin) as frames:
            for scene in film.scenes:
                pixels = film.frame(scene).tobytes()
                for _ in range(scene.hold // step):
                    frames.write(pixels)
        if process.wait():
            errors.seek(0)
            *_, said = ["", *errors.read().decode(errors="replace").splitlines()]
            raise FfmpegError(f"ffmpeg could not write the video: {said}")
