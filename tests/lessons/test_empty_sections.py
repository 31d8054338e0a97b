"""A section without cells is the same wherever it is said to lie, by an answer or by a mistake."""

from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.lessons import answers
from app.lessons.diagnose import diagnose
from app.lessons.mistakes import MISTAKES
from app.lessons.question import Cut, Question

# 2 rows in 3: the first section is empty, at row 1.
EXERCISE = Exercise(maps=Maps(((0.5,) * 4,) * 4), boxes=((0, 0, 1, 4, 3),), output_size=(3, 2))


def test_a_section_without_cells_is_so_wherever_its_bar_stands():
    question = Question("cut", EXERCISE, mistakes=("at_least_a_cell",))
    (empty, *rows), cols = answers.right(question)
    assert empty == (1, 1)
    assert diagnose(question, Cut(((0, 0), *rows), cols)).is_right
    held = diagnose(question, Cut(((1, 2), *rows), cols))
    assert held.mistakes == ("at_least_a_cell",)
    off = diagnose(question, Cut(((0, 0), *rows), ((0, 1), (2, 4))))
    assert [remark.key for remark in off.distance] == ["cut.cols.stop.early.one"]


def test_along_the_other_axis_an_empty_section_lies_anywhere_too():
    # The mistake changes both axes; made along the columns alone it is still told.
    question = Question("cut", EXERCISE, mistakes=("as_fast_rcnn",))
    (_, *rows), _ = answers.right(question)
    mistaken = answers.answer(question, MISTAKES["as_fast_rcnn"])
    for empty in (1, 1), (0, 0), (4, 4):
        given = Cut((empty, *rows), mistaken.cols)
        assert diagnose(question, given).mistakes == ("as_fast_rcnn",), empty
