"""With forced colours what lines and grounds say is still to be seen."""

import pytest

from .test_axe import Anything
from .test_pixels import Pixels

FORCED = {"forced_colors": "active"}
GROUNDS = "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
LINES = "(all) => all.map((one) => getComputedStyle(one).borderTopColor)"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_segment_has_a_ground_of_its_own(open_page, scheme):
    page = open_page("/pixels", Pixels, color_scheme=scheme, **FORCED)
    for group in (".steps button", ".st-key-language button"):
        chosen, *others = page.locator(group).read_all(GROUNDS)
        assert others
        assert chosen not in others


def test_sections_keep_their_colours(open_page):
    page = open_page("/playground", Anything, **FORCED)
    assert len(set(page.locator(".out").read_all(LINES))) == 4
    strokes = page.locator(".overlay .section").read_all(
        "(all) => all.map((one) => getComputedStyle(one).stroke)"
    )
    assert len(set(strokes)) == len(strokes)


def test_paint_and_scores_keep_theirs(open_page):
    page = open_page("/gradient", Anything, **FORCED)
    grounds = page.locator("[data-testid^=paint-]").read_all(GROUNDS)
    assert len(set(grounds)) == len(grounds)
