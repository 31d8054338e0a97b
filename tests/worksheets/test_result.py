"""The result of a test on paper: the score, each question, each mistake, and the link back."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.lessons.exam import TEST_LENGTH, mistake_of
from app.lessons.exam import test_question as question_in_test
from app.lessons.place import place_in
from app.lessons.place import test_at as at_test
from app.text import LANGUAGES, Text
from app.worksheets.result import result

MARKS = "1a0" + "1" * (TEST_LENGTH - 3)
ADDRESS = "https://example.org/lessons"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_says_what_became_of_each_question(language):
    text = Text(language)
    made = result(at_test(7, MARKS), text, address=ADDRESS)
    (page,) = PdfReader(BytesIO(made)).pages
    said = "".join(page.extract_text().split())
    wanted = [text("lessons.test.result", right=TEST_LENGTH - 2, count=TEST_LENGTH)]
    wanted.append(text(f"lessons.mistake.{mistake_of(question_in_test(7, 1), 'a')}.named"))
    for sentence in wanted:
        assert "".join(sentence.split()) in said
    link = f"{ADDRESS}?test=7&marks={MARKS}"
    assert link in said
    query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
    assert place_in(query) == at_test(7, MARKS)
