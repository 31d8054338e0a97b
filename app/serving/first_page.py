"""The document that a browser opens: Streamlit's own, with the app's styles and figures in it.

Figures that a page needs are named before its script has run, so they arrive beside Streamlit's
code and not after it.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from app.serving.addresses import PAGE_STYLE, address
from app.serving.navigation import HOME, PAGES

_END_OF_HEAD, _END_OF_BODY = "</head>", "</body>"


def routes(base: str) -> list[BaseRoute]:
    """One a page; at any other path Streamlit answers, and says that there is no such page."""
    return [Route(_path(base, name), _answering(name)) for name in PAGES]


def _path(base: str, name: str) -> str:
    return f"{base}/{'' if name == HOME else name}"


def _answering(name: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy(document(name))}
        return HTMLResponse(document(name), headers=headers)

    return answer


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
def document(name: str) -> str:
    """The document of a page.

    Examples
    --------
    >>> "/stage.js" in document("replay"), "/stage.js" in document("speed")
    (True, False)
    """
    own = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    early = "".join(
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
