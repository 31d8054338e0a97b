"""The document before any script has run, and the words of Streamlit's own."""

import re
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit import file_util

from app.serving import first_page
from app.serving.navigation import PAGES
from app.text import Text, strings


def opened(path, asks=""):
    """What is answered to a browser that opens a page and asks for these languages."""
    name, _, query = path.lstrip("/").partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/{name}",
        "query_string": query.encode(),
        "headers": [(b"accept-language", asks.encode())],
        "path_params": {"name": name} if name else {},
    }
    home, page = first_page.routes("")
    answer = (page if name else home).endpoint(Request(scope))
    return answer.body.decode(), answer.headers


@pytest.mark.parametrize(
    ("path", "asks", "code", "title"),
    [
        ("/", "en-GB,en;q=0.9", "en", "Replay · Understand RoI pooling"),
        ("/sizes", "fr,zh;q=0.8", "en", "Sizes · Understand RoI pooling"),
        ("/speed", "zh-TW,zh;q=0.9", "zh-Hans", "测量速度 · 看懂 RoI 池化"),
        ("/speed?lang=en", "zh-CN", "en", "Speed · Understand RoI pooling"),
        ("/?lang=zh", "", "zh-Hans", "逐步演示 · 看懂 RoI 池化"),
        ("/?lang=%22%3E", "en", "en", "Replay · Understand RoI pooling"),
    ],
)
def test_the_first_document_says_its_language_and_its_page(path, asks, code, title):
    document, headers = opened(path, asks)
    assert f'<html lang="{code}">' in document
    assert f"<title>{title}</title>" in document
    assert headers["Vary"] == "Accept-Language"


def test_every_page_has_a_title_of_its_own():
    titles = {re.search("<title>(.*)</title>", opened(f"/{page}")[0])[1] for page in PAGES}
    assert len(titles) == len(PAGES)


@pytest.fixture(scope="module")
def code_of_streamlit():
    scripts = Path(file_util.get_static_dir(), "static", "js").glob("*.js")
    return "\0".join(script.read_text("utf-8", "replace") for script in scripts)


# Put together by its code from pieces.
PIECES = {
    "streamlit.icon.add": (" icon", "add"),
    "streamlit.apply": ("Press Enter to ", "apply"),
    "streamlit.apply.long": ("+Enter to ", "Ctrl"),
    "streamlit.apply.long.mac": ("+Enter to ", "⌘"),
    "streamlit.missing.why": (
        "The page that you have requested does not seem to exist",
        ". Running the app's main page.",
    ),
}


@pytest.mark.parametrize("key", [key for key in strings("en") if key.startswith("streamlit.")])
def test_streamlit_still_says_so(code_of_streamlit, key):
    said = strings("en")[key]
    pieces = PIECES.get(key) or re.split(r"\{\w+\}", said)
    assert [piece for piece in pieces if piece not in code_of_streamlit] == []


def test_all_of_it_has_chinese_words():
    english, chinese = (Text(language).section("streamlit") for language in ("en", "zh"))
    assert [name for name in english if english[name] == chinese[name]] == []
