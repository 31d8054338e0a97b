"""The pages as an honest reader uses them, to see whether they still work."""

from typing import Any

from app.text import strings
from tests.load.reader import NoAnswerError, Reader

# Pages with an exercise, and the component that shows it.
STAGES = {
    "replay": "replay.stage",
    "playground": "playground.stage",
    "sizes": "sizes.stage",
    "conventions": "conventions.stage",
    "pixels": "pixels.views",
    "gradient": "gradient.stage",
}
PAGES = (*STAGES, "detector", "speed")


def path_of(page: str) -> str:
    """Where a page is; the first of them has no name."""
    return "" if page == "replay" else page


def word(key: str, language: str = "en") -> str:
    """What a thing is called on the page."""
    return strings(language)[key]


def exercise(reader: Reader, page: str) -> dict[str, Any]:
    """What is on a page's stage."""
    return reader.page.data(STAGES[page])


async def recovers(reader: Reader, page: str) -> list[str]:
    """What is wrong with a page after the next honest click; nothing, where it works."""
    try:
        return await _click(reader, page)
    except NoAnswerError as error:
        return [f"the next click on {page}: {error}"]
    except KeyError as error:
        return [f"on {page} there is no {error} to click; it shows {_shown(reader)}"]


async def _click(reader: Reader, page: str) -> list[str]:
    if page == "conventions" and STAGES[page] not in reader.page.widgets():
        await reader.set("conventions.view.switch", [word("conventions.view.compare")])
    if page in STAGES:
        rows = 3 if exercise(reader, page)["outputSize"][0] != 3 else 4
        await reader.set(f"{page}.output.rows", rows)
        right = exercise(reader, page)["outputSize"][0] == rows
    elif page == "detector":
        key = "detector.number.input"
        if key not in reader.page.widgets():
            await reader.set("detector.picture.switch", [word("detector.picture.made")])
        before = reader.page.data("detector.figure")
        await reader.press("detector.another")
        right = reader.page.data("detector.figure") != before
    else:
        shared = "speed.sharing.length"
        before = shared in reader.page.widgets()
        label = word(f"speed.view.{'peers' if before else 'sharing'}")
        await reader.set("speed.view.switch", [label])
        right = (shared in reader.page.widgets()) != before
    if shown := reader.page.exceptions():
        return [f"after the next click {page} shows {shown[0][:200]}"]
    return [] if right else [f"the next click on {page} was not answered rightly"]


def _shown(reader: Reader) -> str:
    return "; ".join(one[:200] for one in reader.page.exceptions()) or "no error"
