"""What the list of lessons holds for whoever teaches."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from app.lessons.lesson import lessons

PAGE = Path(__file__).parents[2] / "pages" / "lessons.py"


def test_the_plan_and_the_tables_come_once_they_are_opened():
    page = AppTest.from_file(str(PAGE), default_timeout=60).run()
    is_table = "?lesson={}&step=".format
    written = [one.value for one in page.markdown]
    assert not any(is_table(lesson.number) in one for lesson in lessons() for one in written)
    page.session_state["lessons-teacher"] = True
    page.run()
    assert not page.exception
    written = [one.value for one in page.markdown]
    assert all(any(is_table(lesson.number) in one for one in written) for lesson in lessons())
