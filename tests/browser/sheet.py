"""A contact sheet of the app: every page at every size, and the states that are seldom seen.

``python -m tests.browser.sheet`` starts the app, takes the pictures and writes them, with an index
to look through, into a folder; ``--all`` adds the themes and languages that are else left out.
"""

import argparse
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from tests.server import Server

from .launch import DESKTOP, STILL, find_browser, launched
from .pages import ROOTS, SIZES, Page, kind, path, screen
from .part import expect

LOOKS = [("light", "en-US"), ("dark", "zh-CN"), ("dark", "en-US"), ("light", "zh-CN")]
USUAL = 2


class State(NamedTuple):
    """A page in a state that opening it does not show."""

    title: str
    name: str
    query: str = ""
    size: str = "laptop"
    lead_there: Callable[[Page], object] = lambda page: None


def _steps(count: int) -> Callable[[Page], object]:
    return lambda page: page.press(*["]"] * count)


def _shown(page: Page) -> None:
    with page.rerun():
        page.part("reveal").click()


def _mistaken(page: Page) -> None:
    """Leave the handles where they stand but for one, which is not where a box is cut."""
    page.part("edge-cols-0-stop").focus()
    page.press("ArrowRight")
    with page.rerun():
        page.part("check").click()


QUESTIONS = {
    "cut": (3, 2),
    "pick": (2, 4),
    "value": (3, 5),
    "box": (4, 5),
    "back": (11, 3),
    "which": (13, 3),
}


STATES = [
    State("searching", "replay", "", "laptop", _steps(5)),
    State("searching, on a phone", "replay", "", "phone", _steps(5)),
    State("the end", "replay", "", "laptop", _steps(9)),
    *(
        State(f"presented: {name}", name, "?present=1", "large")
        for name in ROOTS
        if name != "speed"
    ),
    State("presented on a projector", "replay", "?present=1", "projector", _steps(5)),
    *(
        State(f"the answer hidden: {name}", name, "?hide=1")
        for name in ("replay", "playground", "sizes", "conventions", "pixels", "gradient")
    ),
    State("a link that cannot be opened", "playground", "?x=1broken"),
    State("7×7 sections of 57 cells", "playground", "?preset=57-in-7"),
    State(
        "no box",
        "playground",
        lead_there=lambda page: page.press("Delete"),
    ),
    State(
        "a number that is none",
        "playground",
        lead_there=lambda page: (
            page.part("box-0-x1").fill("abc"),
            page.part("box-0-x1").press("Enter"),
        ),
    ),
    State("the keys", "playground", lead_there=lambda page: page.part("help").click()),
    *(
        State(f"{done}: {kind}", "lessons", f"?lesson={lesson}&step={step}", size, lead_there)
        for kind, (lesson, step) in QUESTIONS.items()
        for done, size, lead_there in (
            ("asked", "laptop", lambda page: None),
            ("asked, on a phone", "phone", lambda page: None),
            ("answer shown", "laptop", _shown),
            ("answer shown, on a phone", "phone", _shown),
        )
    ),
    State("the list of lessons", "lessons", "?lesson=none"),
    State("the list of lessons, on a phone", "lessons", "?lesson=none", "phone"),
    State("a test's result", "lessons", "?test=7&marks=1a01b11011"),
    State("a mistake told", "lessons", "", "laptop", _mistaken),
    State("a mistake told, on a phone", "lessons", "", "phone", _mistaken),
]

# ms that the charts' code may take on a busy machine.
PATIENCE = 60_000


class Shot(NamedTuple):
    title: str
    size: str
    file: str


def shots(folder: Path, everything: bool) -> Iterator[Shot]:
    """Take the pictures, one after the other."""
    executable = find_browser()
    if executable is None:
        raise SystemExit("no browser was found on this machine")
    looks = LOOKS if everything else LOOKS[:USUAL]
    with Server() as server, launched(executable) as browser:
        for theme, locale in looks:
            for size in SIZES:
                states = [State(name, name, "", size) for name in ROOTS]
                states += [state for state in STATES if state.size == size]
                options = DESKTOP | STILL | screen(size)
                context = browser.new_context(**options | {"color_scheme": theme, "locale": locale})
                for state in states:
                    page = kind(state.name)(context.new_page())
                    page.open(server.url + path(state.name, state.query))
                    state.lead_there(page)
                    # A figure is there before its charts, and whoever looks wants both.
                    expect(page.part("stSkeleton")).to_have_count(0, timeout=PATIENCE)
                    words = "".join(c if c.isalnum() else "-" for c in state.title)
                    file = f"{words}-{size}-{theme}-{locale[:2]}.png"
                    (folder / file).write_bytes(page.picture())
                    page.close()
                    yield Shot(f"{state.title} · {theme} · {locale[:2]}", size, file)
                context.close()


def index(taken: list[Shot]) -> str:
    """The pictures on a page, a row for each size."""
    rows = []
    for size, (wide, high) in SIZES.items():
        figures = "".join(
            f'<figure><a href="{escape(shot.file)}"><img src="{escape(shot.file)}" loading="lazy">'
            f"</a><figcaption>{escape(shot.title)}</figcaption></figure>"
            for shot in taken
            if shot.size == size
        )
        rows.append(f"<h2>{escape(size)}, {wide}×{high}</h2><section>{figures}</section>")
    style = (
        "body{font:14px system-ui;margin:24px;background:#888;color:#fff}"
        "section{display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}"
        "img{display:block;height:240px;border:1px solid #444}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(rows)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("contact-sheet"), help="folder to write")
    parser.add_argument("--all", action="store_true", help="both themes in both languages")
    told = parser.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    taken = []
    for shot in shots(told.out, told.all):
        taken.append(shot)
        print(shot.file)
    (told.out / "index.html").write_text(index(taken), "utf-8")
    print(told.out / "index.html")


if __name__ == "__main__":
    main()
