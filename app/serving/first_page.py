"""The document that a browser opens: Streamlit's own, with the app's styles and figures in it.

Figures that a page needs are named before its script has run, so they arrive beside Streamlit's
code and not after it.
"""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from app.navigation import HOME, PAGES
from app.serving.addresses import PAGE_STYLE, address

_END_OF_HEAD, _END_OF_BODY = "</head>", "</body>"


def routes(base: str) -> list[BaseRoute]:
    """One a page; at any other path Streamlit answers, and says that there is no such page."""
    return [Route(_path(base, name), _answering(name)) for name in PAGES]


def _path(base: str, name: str) -> str:
    return f"{base}/{'' if name == HOME else name}"


def _answering(name: str):  # type: ignore[no-untyped-def]
    def answer(request: Request) -> Response:
        return HTMLResponse(document(name), headers={"Cache-Control": "no-cache"})

    return answer


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
