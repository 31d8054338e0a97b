"""The document that a browser opens: Streamlit's own, with the app's styles and figures in it.

Figures that a page needs are named before its script has run, so they arrive beside Streamlit's
code and not after it.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from app.serving.addresses import PAGE_SCRIPT, PAGE_STYLE, address
from app.serving.navigation import HOME, PAGES
from app.text import CODES, LANGUAGES, Text, preferred_language, title

_END_OF_HEAD, _END_OF_BODY = "</head>", "</body>"


class _PageConvertor(StringConvertor):
    """A word that may name a page, and no file or path of Streamlit's own."""

    regex = "[^/._][^/.]*"


register_url_convertor("page", _PageConvertor())


def routes(base: str) -> list[BaseRoute]:
    """For every page; one that there is not opens like the first, and Streamlit says so there."""
    return [Route(f"{base}/", _answer), Route(f"{base}/{{name:page}}", _answer)]


def _answer(request: Request) -> Response:
    asked = request.path_params.get("name", HOME)
    told = document(asked if asked in PAGES else HOME, language_of(request))
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": policy(told),
        "Vary": "Accept-Language",
    }
    return HTMLResponse(told, headers=headers)


def language_of(request: Request) -> str:
    """The language that the page will open in, which its script learns as it starts."""
    asked = request.query_params.get("lang", "")
    accepted = request.headers.get("Accept-Language", "")
    return (
        asked if asked in LANGUAGES else preferred_language(re.split("[,;]", accepted)[0].strip())
    )


@cache
def policy(document: str) -> str:
    """Where a page may have its parts from: this server, and nobody else.

    Components are scripts that Streamlit makes on the page, hence blob:, and its styles are inline;
    of scripts in the document itself only those that stand there now may run.
    """
    digests = (
        b64encode(sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
    )
    scripts = " ".join(["'self'", "blob:", *(f"'sha256-{digest}'" for digest in digests)])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
        ]
    )


@cache
def document(name: str, language: str) -> str:
    """The document of a page as it opens in a language.

    Examples
    --------
    >>> "/stage.js" in document("replay", "en"), "/stage.js" in document("speed", "en")
    (True, False)
    """
    own = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    own = _said(own, title(name, Text(language)), CODES[language])
    early = f'<script type="module" src="./{address(PAGE_SCRIPT)}"></script>\n' + "".join(
        f'<link rel="modulepreload" href="./{address(f"{figure}.js")}">\n'
        f'<link rel="preload" as="fetch" crossorigin href="./{address(f"{figure}.css")}">\n'
        for figure in PAGES[name]
    )
    # In the body, since the sheet that stands last wins, and Streamlit adds its own to the head.
    style = f'<link rel="stylesheet" href="./{address(PAGE_STYLE)}">\n'
    for end, added in ((_END_OF_HEAD, early), (_END_OF_BODY, style)):
        before, found, after = own.rpartition(end)
        if not found:
            raise ValueError(f"Streamlit's index.html has no {end}")
        own = f"{before}{added}{found}{after}"
    return own


def _said(document: str, title: str, code: str) -> str:
    """A document that says what it is and in which language, before any script has run."""
    for found, wanted in (
        ('<html lang="en">', f'<html lang="{code}">'),
        ("<title>Streamlit</title>", f"<title>{escape(title)}</title>"),
    ):
        if found not in document:
            raise ValueError(f"Streamlit's index.html has no {found}")
        document = document.replace(found, wanted)
    return document
