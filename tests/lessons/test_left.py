"""Where lessons and a test go on: where they were left."""

from app.lessons.exam import TEST_LENGTH
from app.lessons.lesson import lessons
from app.lessons.place import Place
from app.lessons.place import test_at as at_test
from app.lessons.sitting import Sitting


def test_a_lesson_and_a_test_go_on_where_they_were_left():
    sitting = Sitting().at(Place("lesson", 2, 3, 9)).at(Place())
    assert sitting.begun(2) == Place("lesson", 2, 3, 9)
    assert sitting.begun(1) == Place("lesson", 1, 1)
    assert not sitting.has_tried(2)
    ended = sitting.at(Place("lesson", 2, len(lessons()[1].steps) + 1, 9)).at(Place())
    assert ended.begun(2) == Place("lesson", 2, 1, 9)
    assert sitting.at(at_test(7, "")).test is None
    assert sitting.at(at_test(7, "10")).at(Place()).test == at_test(7, "10")
    assert sitting.at(at_test(7, "1" * TEST_LENGTH)).test is None
