"""Every page at every size that it is made for, and what would be wrong with it there."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from .screen import Screen

ROOTS = {
    "replay": "stage",
    "playground": "stage",
    "sizes": "stage",
    "conventions": "multiples",
    "pixels": "pixels",
    "gradient": "stage",
    "detector": "detector",
    "speed": "stMainBlockContainer",
    "lessons": "lesson",
}
"""The pages, and the data-testid of what is there once one can be used."""

# A page that has others within it: what is there on those, and what its address says as a rule.
WITHIN = {"lessons": "[data-testid=stage], .st-key-lessons-teacher, .st-key-lessons-result"}
USUAL = {"lessons": {"lesson": "3", "step": "2", "seed": "7"}}

SIZES = {
    "laptop": (1280, 800),
    "projector": (1024, 768),
    "zoomed": (853, 533),
    "large": (1920, 1080),
    "larger": (2560, 1440),
    # A laptop's, enlarged to 200 % by the browser.
    "doubled": (640, 400),
    "phone": (360, 740),
    "sideways": (740, 360),
}
PHONES = ("phone", "sideways")


_SCRIPT = Path(__file__).with_name("faults.js").read_text("utf-8").strip()


class Page(Screen):
    """Any page; see `kind`."""

    name: str

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        roots = [f"[data-testid={ROOTS[self.name]}]", WITHIN.get(self.name)]
        self.root = self.locator(", ".join(filter(None, roots))).first


@cache
def kind(name: str) -> type[Page]:
    """The kind of screen that the page of this name is."""
    return type(name.title(), (Page,), {"name": name})


def path(name: str, query: str = "") -> str:
    """A page's address; `query` begins with a question mark."""
    if name in USUAL:
        query = "?" + urlencode(USUAL[name] | dict(parse_qsl(query.removeprefix("?"))))
    return f"/{'' if name == 'replay' else name}{query}"


def screen(size: str) -> dict[str, Any]:
    """Playwright's options for a browser of this size."""
    wide, high = SIZES[size]
    touch = {"has_touch": True, "is_mobile": True} if size in PHONES else {}
    return {"viewport": {"width": wide, "height": high}, **touch}


def faults(page: Screen, size: str) -> dict[str, Any]:
    """What is wrong with a page as it stands; nothing, if it is as it should be."""
    wide, _ = SIZES[size]
    # Under the top bar lies whatever the page has been scrolled to.
    _find(page, "back")
    found = {
        "scrolls sideways": _find(page, "sideways"),
        "small type": _find(page, "small", 14 if wide >= 1280 else 12),
        "cut off": _find(page, "cut"),
        "words on words": _find(page, "overlaid"),
        "covered": _find(page, "covered"),
        "out of sight of play": _find(page, "apart", ["map"]),
    }
    _find(page, "back")
    return {what: where for what, where in found.items() if where}


def faults_presented(page: Page) -> dict[str, Any]:
    """What is wrong with a page that is presented to a room."""
    found = {
        what: _find(page, what) for what in ("sideways", "cut", "overlaid", "beyond", "scrolls")
    }
    found |= {"chrome": _find(page, "chrome"), "small type": _find(page, "said", 24)}
    return {what: where for what, where in found.items() if where}


def _find(page: Screen, what: str, given: object = None) -> Any:
    return page.read(f"(page, given) => (\n{_SCRIPT}\n).{what}(page, given)", given)
