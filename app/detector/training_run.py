"""A reader's trainings: started from scratch beside the app, followed by their reports."""

import csv
import io
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from app.fast_rcnn.network import Weights, load
from app.jobs.jobs import Job, State
from app.jobs.presence import of_reader

Kind = Literal["open", "blocked"]
"""Whether the gradient passes RoI pooling."""
KINDS: tuple[Kind, ...] = ("open", "blocked")

PICTURES, TIMES = 32, 10  # held-out pictures that are measured on, and how often


@dataclass(frozen=True, slots=True)
class Measured:
    """How good the network was at some point of its training."""

    step: int
    seconds: float
    precision: float


@dataclass(frozen=True, slots=True)
class Course:
    """What a training has reported until now.

    Attributes
    ----------
    kind, asked : what was started, and for how many seconds
    state : how it is, or how it ended
    prepared : held-out pictures that are ready, of `PICTURES`
    part : of the whole, 0 to 1
    step, seconds : of training until now
    losses : (seconds, loss) points of the curve
    measured : points of the curve of mAP
    """

    kind: Kind
    asked: int
    state: State
    prepared: int = 0
    part: float = 0.0
    step: int = 0
    seconds: float = 0.0
    losses: tuple[tuple[float, float], ...] = ()
    measured: tuple[Measured, ...] = ()


def read(course: Course, reports: Iterable[Mapping[str, Any]]) -> Course:
    """What the reports add to a course.

    Examples
    --------
    >>> reports = [
    ...     {"prepared": 32, "of": 32},
    ...     {"part": 0, "step": 0, "seconds": 0, "loss": None, "precision": 0.02},
    ...     {"part": 0.5, "step": 90, "seconds": 10, "loss": 1.5, "precision": None},
    ... ]
    >>> course = read(Course("open", 20, "running"), reports)
    >>> course.step, course.losses, course.measured
    (90, ((10, 1.5),), (Measured(step=0, seconds=0, precision=0.02),))
    """
    losses, measured = list(course.losses), list(course.measured)
    last: Mapping[str, Any] = {}
    for report in reports:
        if "prepared" in report:
            course = replace(course, prepared=report["prepared"])
            continue
        last = report
        if report["loss"] is not None:
            losses.append((report["seconds"], report["loss"]))
        if report["precision"] is not None:
            measured.append(Measured(report["step"], report["seconds"], report["precision"]))
    here = {field: last[field] for field in ("part", "step", "seconds") if last}
    return replace(course, losses=tuple(losses), measured=tuple(measured), **here)


class NoRoomError(RuntimeError):
    """The machine has no folder that weights could be kept in."""


class Run:
    """A training at work, and the weights that it leaves.

    Raises
    ------
    BusyError
        If other long work runs on the machine.
    NoRoomError
        If nothing can be written on it.
    """

    def __init__(self, kind: Kind, seconds: int) -> None:
        self.kind, self.seconds = kind, seconds
        try:
            folder = Path(tempfile.mkdtemp(prefix="roipool-"))
        except OSError as error:
            raise NoRoomError(str(error)) from error
        self._file = folder / "weights.npz"
        options = {"seconds": seconds, "pictures": PICTURES, "times": TIMES, "out": self._file}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        if kind == "blocked":
            arguments.append("--blocked")
        try:
            self.job = Job("app.fast_rcnn.training", arguments, gentle=True, here=of_reader())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        # It goes with its reader.
        weakref.finalize(self, _clear, self.job, folder)

    @property
    def course(self) -> Course:
        """What it has reported until now."""
        # The state first: what has ended then reports nothing more.
        return read(Course(self.kind, self.seconds, self.job.state), list(self.job.reports))

    @property
    def ended(self) -> bool:
        """Whether nothing more is to come."""
        return self.job.state != "running"

    @property
    def has_weights(self) -> bool:
        """Whether it has learned anything that can be used."""
        return self._file.exists()

    @property
    def version(self) -> int:
        """Another number whenever it has learned more; 0 before it has learned anything."""
        try:
            return self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def weights(self) -> Weights:
        """What it has learned until now."""
        return load(self._file)


def _clear(job: Job, folder: Path) -> None:
    # In this order: what still trains would make the folder again.
    job.kill()
    shutil.rmtree(folder, ignore_errors=True)


def table(courses: Iterable[Course]) -> bytes:
    """The curves as CSV, a line for each point: loss or mAP, and the other left empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["gradient_at_roi_pooling", "seconds", "loss", "mAP"])
    for course in courses:
        points: list[tuple[float, float | None, float | None]]
        points = [(seconds, loss, None) for seconds, loss in course.losses]
        points += [(each.seconds, None, each.precision) for each in course.measured]
        for point in sorted(points, key=lambda point: point[0]):
            writer.writerow([course.kind, *point])
    return out.getvalue().encode()
