"""An order is for what can be made: each bound of it, and who else keeps to the same ones."""

import pickle

import pytest

from app.lessons.place import MOST_SEED
from app.worksheets import offer
from app.worksheets.order import MOST_SHEETS, PAPERS, Order, OrderError
from roipool.commands import worksheet as program
from tests.worksheets import sample

LESSON = sample.only("value")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"count": 0}, "count is 0; expected 1 to 100"),
        ({"count": MOST_SHEETS + 1}, "count is 101; expected 1 to 100"),
        ({"seed": -1}, "seed is -1; expected 0 to 999999"),
        ({"seed": MOST_SEED, "count": 2}, "seed is 999999; expected 0 to 999998"),
        ({"paper": "A3"}, "paper is 'A3'; expected one of 'A4', 'Letter'"),
        ({"language": "fr"}, "language is 'fr'; expected one of 'en', 'zh'"),
    ],
)
def test_what_cannot_be_made_is_told(given, told):
    with pytest.raises(OrderError, match=told):
        Order(LESSON, **given)


def test_the_last_sheet_of_an_order_has_a_seed_that_a_link_names():
    assert Order(LESSON, MOST_SEED + 1 - MOST_SHEETS, MOST_SHEETS).seeds[-1] == MOST_SEED


def test_an_order_goes_to_another_process_as_it_is():
    order = Order(LESSON, 7, 2, "zh", "Letter", True, "https://roipool.example/lessons")
    assert pickle.loads(pickle.dumps(order)) == order


def test_page_and_command_line_ask_for_no_more_than_can_be_made():
    assert offer.MOST_SHEETS <= program.MOST_SHEETS <= MOST_SHEETS
    assert program.MOST_SEED + program.MOST_SHEETS - 1 <= MOST_SEED
    assert set(program.PAPERS) <= set(PAPERS)
