"""The end of a lesson on its page: what was not right yet, and the way back to it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from app.lessons.lesson import lessons
from app.lessons.seat import NAME

PAGE = Path(__file__).parents[2] / "pages" / "lessons.py"
LESSON = lessons()[0]


def test_the_end_leads_back_to_each_question_that_was_not_right_on_other_numbers():
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    end = len(LESSON.steps) + 1
    page.query_params.update({"lesson": "1", "step": f"{end}", "seed": "5"})
    page.run()
    assert not page.exception
    asked = [n for n, step in enumerate(LESSON.steps, 1) if step.ask]
    keys = [button.key for button in page.button if button.key.startswith("lessons.missed.")]
    assert keys == [f"lessons.missed.{n}" for n in asked]
    page.button(key=keys[1]).click().run()
    place = page.session_state[NAME].place
    assert (place.lesson, place.step) == (1, asked[1])
    assert place.seed != 5
    assert not place.is_end
