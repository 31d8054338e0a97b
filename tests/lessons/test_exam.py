"""A test of the lessons: the same for everybody, with marks that an address bears."""

from app.lessons.answers import answer, right
from app.lessons.diagnose import diagnose
from app.lessons.exam import TEST_LENGTH, instance_of, mark_of, mistake_of
from app.lessons.exam import test_question as question_in_test
from app.lessons.exam import test_questions as questions_in_test
from app.lessons.mistakes import MISTAKES
from app.lessons.place import Place, place_in
from app.lessons.place import test_at as at_test


def test_marks_that_say_nothing_end_a_test_where_they_stand():
    assert place_in({"test": "7", "marks": "1?111"}).marks == "1"
    assert place_in({"test": "7", "marks": "1" * 99}).is_end


def test_a_test_is_the_same_for_everybody_and_another_for_another_seed():
    assert questions_in_test(7) == questions_in_test(7)
    assert questions_in_test(7) != questions_in_test(8)
    assert len(questions_in_test(7)) == TEST_LENGTH
    skills = [choice.skill for choice in questions_in_test(7)]
    assert len(set(skills)) == TEST_LENGTH


def test_the_questions_of_a_test_have_instances_of_their_own():
    seeds = {at_test(seed, "1" * k).instance for seed in (7, 8) for k in range(TEST_LENGTH)}
    assert len(seeds) == 2 * TEST_LENGTH


def test_a_mark_names_the_mistake():
    for k in range(TEST_LENGTH):
        question = question_in_test(7, k)
        assert mark_of(question, diagnose(question, right(question))) == "1"
        for key in question.mistakes:
            verdict = diagnose(question, answer(question, MISTAKES[key]))
            assert mistake_of(question, mark_of(question, verdict)) in verdict.mistakes


def test_every_instance_of_a_test_has_a_link_of_its_own():
    test = place_in({"test": "999999999"})
    for k in range(TEST_LENGTH):
        linked = Place("lesson", test.lesson, test.step, instance_of(test.seed, k))
        assert place_in(linked.as_query()) == linked
