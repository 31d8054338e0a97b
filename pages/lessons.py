"""Lessons: the learner does it, and is told why it went wrong."""

from app.lessons import seat
from app.lessons.course import course
from app.lessons.listing import listing
from app.widgets import controls

text = controls.current_text()
sitting = seat.sitting()
# Before the figures, which add to the address how they are looked at.
seat.keep_address()
controls.keep_language(text)
if sitting.place.mode == "list":
    listing(sitting, text)
else:
    course(sitting, text)
