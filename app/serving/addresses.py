"""The figures' code, styles and pictures by address: a browser fetches them once and keeps them.

Streamlit would send a component's script and style again with every answer, since they stand in the
same message as its data. So the message only holds a few lines that fetch them. The address names
the digest of what lies there, which therefore never changes.
"""

import gzip
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.serving.linker import link
from app.text import CODES, LANGUAGES, Text

ASSETS = Path(__file__).parents[2] / "assets"
FIGURES = ASSETS / "figures"


class Entry(NamedTuple):
    """Where a figure lies among the figures' folders.

    Attributes
    ----------
    module : the module that makes it, without its ending
    sheets : its style sheets likewise, in the order in which they add to one another
    """

    module: str
    sheets: tuple[str, ...]


_STAGE = ("stage/stage", "stage/side", "stage/layout", "stage/invitation")
_STORY = (*_STAGE, "stage/photo")

ENTRIES = {
    "stage": Entry("stage/entry", _STORY),
    "sizes": Entry("sizes/sizes", (*_STAGE, "sizes/sizes")),
    "gradient": Entry("gradient/gradient", (*_STAGE, "gradient/gradient")),
    "multiples": Entry("conventions/multiples", ("conventions/multiples",)),
    "pixels": Entry("pixels/pixels", ("pixels/pixels",)),
    "lessons": Entry("lessons/lessons", ("lessons/lessons", "lessons/answers")),
    "detector": Entry("detector/detector", ("detector/detector",)),
    "heatmap": Entry("sizes/heatmap", ("sizes/heatmap",)),
}
"""The figures by the names under which they have an address."""

PAGE_STYLE = "page.css"
PAGE_SCRIPT = "page.js"

PHOTO = "cat-256.webp"
"""The photograph whose feature map the article's could be."""

_KINDS = {"js": "text/javascript", "css": "text/css", "webp": "image/webp"}
_FOR_GOOD = "public, max-age=31536000, immutable"


class _Sent(NamedTuple):
    plain: bytes
    # None for what is packed already.
    zipped: bytes | None


@cache
def contents() -> dict[str, str]:
    """Every text that has an address, by its name."""
    found = {PAGE_STYLE: _page_style(), PAGE_SCRIPT: _page_script()}
    for name, entry in ENTRIES.items():
        named = ("common/figure", *entry.sheets, "common/access")
        sheets = (FIGURES / f"{sheet}.css" for sheet in named)
        found[f"{name}.js"] = link(FIGURES / f"{entry.module}.js")
        found[f"{name}.css"] = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    return found


@cache
def pictures() -> dict[str, bytes]:
    """Every picture that has an address, by its name."""
    return {PHOTO: (ASSETS / "images" / PHOTO).read_bytes()}


@cache
def folder() -> str:
    """Where it all lies, from the root of the app and without a slash at either end."""
    digest = sha256()
    for name, sent in _sent().items():
        digest.update(name.encode() + b"\0" + sent.plain + b"\0")
    return f"figures/{digest.hexdigest()[:16]}"


def address(name: str) -> str:
    """The address of a content, from the root of the app.

    Examples
    --------
    >>> address("stage.js").startswith("figures/"), address("stage.js").endswith("/stage.js")
    (True, True)
    """
    return f"{folder()}/{name}"


def routes(base: str) -> list[BaseRoute]:
    """One for all addresses, under the app's base path."""
    return [Route(f"{base}/{folder()}/{{name}}", _answer)]


def _answer(request: Request) -> Response:
    sent = _sent().get(request.path_params["name"])
    if sent is None:
        return Response("Not found", 404, media_type="text/plain")
    headers = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding"}
    kind = _KINDS[request.path_params["name"].rpartition(".")[2]]
    if sent.zipped is None or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(sent.plain, headers=headers, media_type=kind)
    return Response(sent.zipped, headers=headers | {"Content-Encoding": "gzip"}, media_type=kind)


@cache
def _sent() -> dict[str, _Sent]:
    """Packed once, and not for every reader."""
    plain = {name: content.encode() for name, content in contents().items()}
    texts = {name: _Sent(each, gzip.compress(each, 9, mtime=0)) for name, each in plain.items()}
    return texts | {name: _Sent(each, None) for name, each in pictures().items()}


def _page_style() -> str:
    """The style of what is around the figures: Streamlit's frame, and each page's own."""
    # The frame first, so that a page can say otherwise.
    sheets = sorted((ASSETS / "page").glob("*.css"), key=lambda sheet: sheet.stem != "frame")
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets)


def _page_script() -> str:
    """The script of what is around the figures, after the words that it needs.

    Examples
    --------
    >>> "File must be {size} or smaller." in _page_script()
    True
    """
    told = {
        "titles": {language: Text(language)("app.title") for language in LANGUAGES},
        "codes": CODES,
        "said": {language: Text(language).section("streamlit") for language in LANGUAGES},
        "own": "en",
    }
    script = link(ASSETS / "page" / "frame.js")
    return f"const TOLD = {json.dumps(told, ensure_ascii=False)};\n{script}"
