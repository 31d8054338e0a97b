"""A part of the page as a test may use it: to act on, to wait for, to read once it has settled.

Of Playwright's locators only what finds and what acts is handed on. What would read at once,
whatever is still to be painted or answered, is not here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, LocatorAssertions, Page
from playwright.sync_api import expect as wait_for

from .settled import PATIENCE

if TYPE_CHECKING:
    from .screen import Screen

FINDS = {"get_by_role", "get_by_text", "get_by_label", "get_by_test_id", "locator", "filter", "nth"}
ACTS = {"click", "dblclick", "check", "fill", "press", "hover", "focus", "select_option"}
ACTS |= {"set_input_files", "scroll_into_view_if_needed", "tap"}

wait_for.set_options(timeout=1000 * PATIENCE)

PLACE = """(one) => {
  const {x, y, width, height} = one.getBoundingClientRect();
  return {x, y, width, height};
}"""


class Finder:
    """What other parts are found from."""

    def __init__(self, screen: "Screen", found: Page | Locator) -> None:
        self._screen, self._found = screen, found

    def __getattr__(self, name: str) -> Callable[..., "Part"]:
        if name not in FINDS:
            raise AttributeError(f"{name} is neither found nor done, and read only once settled")
        find = getattr(self._found, name)
        return lambda *args, **options: Part(self._screen, find(*args, **options))

    def part(self, name: str) -> "Part":
        """What carries this data-testid."""
        return self.get_by_test_id(name)


class Part(Finder):
    """What a locator finds."""

    _found: Locator

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return getattr(self._found, name) if name in ACTS else super().__getattr__(name)

    @property
    def first(self) -> "Part":
        return Part(self._screen, self._found.first)

    def read(self, script: str, given: Any = None) -> Any:
        """What a function of the element says, once the page has settled."""
        # Of all of them in one question; `evaluate` would find, hold, ask and let go of the one.
        return self._screen.once_settled(self._found.evaluate_all, script, given, alone=True)

    def read_all(self, script: str, given: Any = None) -> Any:
        """What a function of all elements says, once the page has settled."""
        return self._screen.once_settled(self._found.evaluate_all, script, given)

    def attribute(self, name: str) -> str | None:
        return self.read("(one, name) => one.getAttribute(name)", name)

    def text(self) -> str:
        """As it is seen."""
        return self.read("(one) => one.innerText")

    def texts(self) -> list[str]:
        """What all of them hold."""
        return self.read_all("(all) => all.map((one) => one.textContent)")

    def value(self) -> str:
        """What stands in a field."""
        return self.read("(one) => one.value")

    def values(self) -> list[str]:
        return self.read_all("(all) => all.map((one) => one.value)")

    def enabled(self) -> bool:
        return self.read("(one) => !one.disabled")

    def amount(self) -> int:
        """How many there are."""
        return self.read_all("(all) => all.length")

    def place(self) -> dict[str, float]:
        """Where it is on the page: x, y, width, height."""
        return self.read(PLACE)

    def middle(self) -> tuple[float, float]:
        place = self.place()
        return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2

    def picture(self) -> bytes:
        self._screen.settle()
        return self._found.screenshot()

    def record(self, script: str) -> None:
        """Have a function of the element note what happens, for `Screen.recorded`."""
        self._screen.settle()
        self._found.evaluate(script)


def expect(part: Part, settled: bool = True) -> LocatorAssertions:
    """Playwright's assertions, tried again until they hold, of a page that has settled.

    What passes while the page does not settle, a script's progress perhaps, is waited for with
    ``settled=False``.
    """
    if settled:
        part._screen.settle()
    return wait_for(part._found)
