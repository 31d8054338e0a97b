"""Courses of trainings, as their reports would have made them."""

from app.detector.training_run import Course, Measured
from app.text import Text

EN = Text("en")


def course(kind, state="done", asked=60, precisions=((0, 0.02), (60, 0.8)), **values):
    measured = tuple(Measured(round(10 * at), float(at), mean) for at, mean in precisions)
    losses = tuple((float(at), 2 - mean) for at, mean in precisions if at)
    last = {"step": measured[-1].step, "seconds": measured[-1].seconds} if measured else {}
    return Course(kind, asked, state, losses=losses, measured=measured, **(last | values))


def both(open_, blocked):
    return {"open": open_, "blocked": blocked}
