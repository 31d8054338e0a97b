"""Every page says what it is, what it is for, and what comes next."""

import re
from html import escape

import pytest

from app.frame.strip import MINUTES
from app.serving.navigation import PAGES
from app.text import Text
from roipool import article
from tests.pages.test_pages import run
from tests.widgets.test_brought import go, set_rows

ORDER = list(PAGES)
LINK = (
    f'<a href="{article.ADDRESS}" target="_blank" rel="noopener">'
    "Region of interest pooling explained</a>"
)


def written(app):
    """What stands on the page as HTML, without the figures' own."""
    return "".join(element.proto.body for element in app.get("html"))


def links(app):
    return [(one.proto.page, one.proto.label) for one in app.get("page_link")]


# What is on a page takes longer than its strip: the other language has the same keys.
@pytest.mark.parametrize(("language", "names"), [("en", ORDER), ("zh", [ORDER[0], ORDER[-1]])])
def test_every_page_has_one_title_says_what_it_is_for_and_leads_on(language, names):
    text, app = Text(language), run("replay", language)
    for name in names:
        if name != "replay":
            go(app, name)
        assert len(links(app)) == 1  # a menu that is closed holds nothing
        app.session_state[f"menu.{name}"] = True
        found = written(app.run())
        assert re.findall("<h1>(.*?)</h1>", found) == [escape(text(f"{name}.title"))]
        assert text(f"{name}.purpose", article=LINK) in found
        number = ORDER.index(name) + 1
        count = text("strip.count", number=number, count=len(PAGES))
        # Of the lessons it is what each takes.
        minutes = "strip.minutes.each" if name == ORDER[-1] else "strip.minutes"
        assert f"{count}<br>{text(minutes, count=MINUTES[name])}" in found
        *menu, (page, label) = links(app)
        after = [*ORDER[1:], "playground"][ORDER.index(name)]
        assert page == after
        assert text(f"page.{after}") in label
        # The page that one is on is named in the menu, and is no link.
        others = ["" if one == "replay" else one for one in ORDER if one != name]
        assert [page for page, _ in menu] == others
        assert f'aria-current="page">{number}\u2002{text(f"page.{name}")}<' in found


def test_the_article_is_named_and_linked_where_its_example_is_replayed():
    assert LINK in written(run("replay"))


def test_the_strip_says_where_an_exercise_comes_from_until_it_is_changed():
    app = run("replay")
    set_rows(app, "replay", 3)
    assert 'class="brought"' not in written(app)
    go(app, "gradient")
    assert "Brought along from Replay" in written(app)
    set_rows(app, "gradient", 4)
    assert 'class="brought"' not in written(app)
