"""What a training's numbers say, in sentences."""

from collections.abc import Mapping

from app.detector.training_run import KINDS, PICTURES, Course, Kind
from app.text import Text

_TELLS_APART = 0.05  # of mAP; less may as well be chance on so few pictures
_AS_MANY_STEPS = 1.5  # times: from here on the steps alone may explain a difference


def progress(course: Course, text: Text) -> str:
    """How far a training is, or how far it came."""
    if course.step or course.state != "running":
        values = {"seconds": f"{course.seconds:.0f}", "asked": course.asked, "step": course.step}
        return text(f"train.progress.{course.state}", **values)
    if course.prepared:
        return text("train.progress.preparing", done=course.prepared, all=PICTURES)
    return text("train.progress.starting")


def conclusion(courses: Mapping[Kind, Course], text: Text, predicted: str | None = None) -> str:
    """What each training has come to, and what their difference says.

    Nothing is said of a training before it has ended, or where it was never measured after its
    first step.
    """
    ended = {
        kind: courses[kind]
        for kind in KINDS
        if kind in courses and courses[kind].state != "running" and _learned(courses[kind])
    }
    said = [_came_to(course, text) for course in ended.values()]
    if len(ended) == len(KINDS):
        said.append(_compared(ended, text))
        if predicted:
            said.append(text("train.said.predicted", predicted=text(f"train.predict.{predicted}")))
    elif ended:
        (other,) = (kind for kind in KINDS if kind not in ended)
        if other not in courses or courses[other].state != "running":
            said.append(text(f"train.next.{other}"))
    return text.join(*said)


def _learned(course: Course) -> bool:
    return bool(course.measured) and course.measured[-1].step > 0


def _came_to(course: Course, text: Text) -> str:
    last = course.measured[-1]
    return text(
        f"train.said.{course.kind}",
        precision=f"{last.precision:.2f}",
        seconds=f"{last.seconds:.0f}",
        step=last.step,
    )


def _compared(ended: Mapping[Kind, Course], text: Text) -> str:
    open_, blocked = (ended[kind].measured[-1] for kind in KINDS)
    # Of what is written above, so that a reader who subtracts finds the same.
    gain = round(open_.precision, 2) - round(blocked.precision, 2)
    if ended["open"].asked != ended["blocked"].asked:
        return text("train.said.lengths")
    if any(course.state != "done" for course in ended.values()):
        return text("train.said.unfinished")
    if abs(gain) < _TELLS_APART:
        return text("train.said.alike")
    if gain < 0:
        return text("train.said.loss", loss=f"{-gain:.2f}")
    said = text("train.said.gain", gain=f"{gain:.2f}")
    if max(open_.step, blocked.step) > _AS_MANY_STEPS * min(open_.step, blocked.step):
        # The machine had other work meanwhile, and one of the two had less of it.
        return text.join(said, text("train.said.steps"))
    return said
