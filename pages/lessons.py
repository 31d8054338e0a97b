"""Lessons: the learner does it, and is told why it went wrong."""

from app.lessons import seat
from app.lessons.course import bar, course
from app.lessons.listing import listing
from app.takeaway import offer_lessons
from app.widgets import controls
from app.worksheets.offer import offer, offer_result

text = controls.current_text()
sitting = seat.sitting()
# Before the figures, which add to the address how they are looked at.
seat.keep_address()
controls.keep_language(text)
if sitting.place.mode == "list":
    listing(sitting, text)
else:
    with bar(sitting, text):
        if sitting.place.mode == "lesson":
            offer(sitting.place, text)
            offer_lessons.offer(sitting.place, text)
        elif sitting.place.mode == "test" and sitting.place.is_end:
            offer_result(sitting.place, text)
    course(sitting, text)
