"""What a page names to be fetched over HTTP: the scripts and styles of its figures."""

import posixpath
import re
from urllib.parse import urljoin, urlsplit

from .fetch import Line
from .page import Page

# A quoted address of code or style, in a script, a style sheet or HTML.
_NAMED = re.compile(r"""["'(]([\w./%~-]+\.(?:js|mjs|css))["')]""")


class Figures:
    """Which addresses the server has, found out once for all readers; each fetches them for itself.

    Streamlit's own front end is not counted: a browser has it from the first visit.
    """

    def __init__(self) -> None:
        self._named: dict[tuple[str, int], list[str]] = {}
        self._absent: set[str] = set()

    async def fetch(self, line: Line, page: Page, had: set[str]) -> int:
        """Fetch what a page names and a reader has not had, and whatever that names; its bytes."""
        wanted = [
            address
            for code in _codes(page)
            for address in self._addresses("/", code)
            if address not in had
        ]
        count = 0
        while wanted:
            address = wanted.pop()
            if address in had or address in self._absent:
                continue
            got = await line.get(address)
            # Streamlit answers with its own page where there is nothing.
            if got.status != 200 or "text/html" in got.headers.get("content-type", ""):
                self._absent.add(address)
                continue
            had.add(address)
            count += got.bytes
            wanted += self._addresses(address, got.body.decode("utf-8", "replace"))
        return count

    def _addresses(self, base: str, code: str) -> list[str]:
        key = base, hash(code)
        if key not in self._named:
            found = dict.fromkeys(_NAMED.findall(code))
            self._named[key] = [posixpath.normpath(urlsplit(urljoin(base, a)).path) for a in found]
        return self._named[key]


def _codes(page: Page) -> list[str]:
    """All code that stands on a page."""
    components = (element.bidi_component for element in page.elements("bidi_component"))
    codes = []
    for one in components:
        codes += [one.js_content, one.html_content, one.css_content]
        sources = (one.js_source_path, one.css_source_path)
        folder = f"_stcore/bidi-components/{one.component_name}"
        codes += [f'"{folder}/{source}"' for source in sources if source]
    codes += [element.html.body for element in page.elements("html")]
    return [code for code in codes if code]
