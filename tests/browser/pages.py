"""Every page at every size that it is made for, and what would be wrong with it there."""

from functools import cache
from typing import Any

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
}
"""The pages, and the data-testid of what is there once one can be used."""

SIZES = {
    "laptop": (1280, 800),
    "projector": (1024, 768),
    "zoomed": (853, 533),
    "large": (1920, 1080),
    "phone": (360, 740),
    "sideways": (740, 360),
}
PHONES = ("phone", "sideways")


class Page(Screen):
    """Any page; see `kind`."""

    name: str

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.root = self.part(ROOTS[self.name]).first


@cache
def kind(name: str) -> type[Page]:
    """The kind of screen that the page of this name is."""
    return type(name.title(), (Page,), {"name": name})


def path(name: str, query: str = "") -> str:
    return f"/{'' if name == 'replay' else name}{query}"


def screen(size: str) -> dict[str, Any]:
    """Playwright's options for a browser of this size."""
    wide, high = SIZES[size]
    touch = {"has_touch": True, "is_mobile": True} if size in PHONES else {}
    return {"viewport": {"width": wide, "height": high}, **touch}


# All elements, those of the figures too.
_ALL = """
  const all = (root) => [...root.querySelectorAll("*")]
    .flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const seen = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const named = (one) => `${one.dataset?.testid ?? one.className?.baseVal ?? one.className ?? ""}`;
  const words = (one) => [...one.childNodes].filter(({nodeType, data}) => nodeType === 3 && data.trim());
  const says = (one) => `${one.tagName} ${named(one)} “${one.textContent.trim().slice(0, 40)}”`;
"""

# What of the page is wider than the screen.
SIDEWAYS = """(page) => {
  const {scrollWidth, clientWidth} = page.documentElement;
  const main = page.querySelector("[data-testid=stMain]");
  return [scrollWidth - clientWidth, main ? main.scrollWidth - main.clientWidth : 0];
}"""

# Words of a size that cannot be read; what an eye is not meant to read is left out.
SMALL = (
    "(page, least) => {"
    + _ALL
    + """
  return all(page).filter((one) => words(one).length && seen(one) && !one.closest("[aria-hidden=true]"))
    .map((one) => [parseFloat(getComputedStyle(one).fontSize), one])
    .filter(([size]) => size > 0 && size < least - 0.05)
    .map(([size, one]) => `${size} ${says(one)}`);
}"""
)

# Words that end where their box does and go on, unless three dots say so.
CUT = (
    "(page) => {"
    + _ALL
    + """
  const hides = ({overflowX, overflowY}) => [overflowX, overflowY].some((one) => /hidden|clip/.test(one));
  return all(page).filter((one) => words(one).length && seen(one))
    .filter((one) => {
      const style = getComputedStyle(one);
      if (!hides(style) || style.textOverflow === "ellipsis") return false;
      if (one.clientWidth <= 1 || one.clientHeight <= 1) return false;
      return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3;
    }).map(says);
}"""
)

# Controls that something else lies upon, or that lie partly beside the screen.
COVERED = (
    "(page) => {"
    + _ALL
    + """
  const at = (x, y) => {
    let found = page.elementFromPoint(x, y);
    for (let inner; (inner = found?.shadowRoot?.elementFromPoint(x, y)) && inner !== found; ) found = inner;
    return found;
  };
  const up = (one) => one.assignedSlot ?? one.parentNode ?? one.host;
  const within = (one, other) => {
    for (let at = one; at; at = up(at)) if (at === other) return true;
    return false;
  };
  const controls = all(page).filter((one) => one.matches("button, a[href], select, input:not([type=range])"))
    .filter((one) => seen(one) && one.getBoundingClientRect().width > 2 && !one.closest("[aria-hidden=true]"));
  return controls.filter((one) => {
    one.scrollIntoView({block: "center", inline: "nearest"});
    const {left, right, top, bottom} = one.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) return true;
    const found = at((left + right) / 2, (top + bottom) / 2);
    return found && !within(found, one) && !within(one, found) && found.closest?.("label") !== one.closest("label");
  }).map(says);
}"""
)

# With play as far down as it goes, how much of the map is in sight, in parts of the map or of the screen.
TOGETHER = """(page, parts) => {
  const roots = [page, ...[...page.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? [])];
  const find = (name) => roots.map((root) => root.querySelector(`[data-testid=${name}]`))
    .find((one) => one?.checkVisibility());
  const play = find("play");
  if (!play) return [];
  play.scrollIntoView({block: "end"});
  return parts.map(find).filter(Boolean).filter((part) => {
    const {top, bottom} = part.getBoundingClientRect();
    const visible = Math.min(bottom, innerHeight) - Math.max(top, 0);
    return visible < 0.5 * Math.min(bottom - top, innerHeight);
  }).map(({dataset}) => dataset.testid);
}"""


def faults(page: Screen, size: str) -> dict[str, Any]:
    """What is wrong with a page as it stands; nothing, if it is as it should be."""
    wide, _ = SIZES[size]
    found = {
        "scrolls sideways": [px for px in page.read(SIDEWAYS) if px > 0],
        "small type": page.read(SMALL, 14 if wide >= 1280 else 12),
        "cut off": page.read(CUT),
        "covered": page.read(COVERED),
        "out of sight of play": page.read(TOGETHER, ["map"]),
    }
    page.read("(page) => page.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    return {what: where for what, where in found.items() if where}
