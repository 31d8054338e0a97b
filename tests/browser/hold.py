"""Something in the hand: the mouse and the finger, and what they hold."""

import time
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from .screen import Screen


# Seconds for which a finger rests where it has gone before it is lifted. One that is lifted as it
# goes flings what is under it, and Chromium takes the next tap for a hand that stops the fling.
REST = 0.3


class Hand:
    """The mouse.

    Attributes
    ----------
    full : it is pressed, and what it holds is Python's to hear of when it is let go
    """

    def __init__(self, page: Page) -> None:
        self._mouse = page.mouse
        self.full = False

    def move(self, x: float, y: float, steps: int = 1) -> None:
        self._mouse.move(x, y, steps=steps)

    def press(self) -> None:
        self._mouse.down()
        self.full = True

    def release(self) -> None:
        self._mouse.up()
        self.full = False

    def click(self, x: float, y: float) -> None:
        self._mouse.click(x, y)

    def double_click(self, x: float, y: float) -> None:
        self._mouse.dblclick(x, y)


class Finger:
    """A finger on the screen, from where it is put down until it is lifted."""

    def __init__(self, page: Page, x: float, y: float) -> None:
        self._session = page.context.new_cdp_session(page)
        self._at = x, y
        self._rest = 0.0
        self._touch("touchStart", [{"x": x, "y": y}])
        self.full = True

    def move(self, x: float, y: float, steps: int = 5) -> None:
        x0, y0 = self._at
        for k in range(1, steps + 1):
            at = {"x": x0 + k / steps * (x - x0), "y": y0 + k / steps * (y - y0)}
            self._touch("touchMove", [at])
        self._at = x, y
        self._rest = REST

    def lift(self) -> None:
        self._touch("touchEnd", [])
        self.full = False

    def _touch(self, kind: str, points: list[dict[str, float]]) -> None:
        rest = self._rest if kind == "touchEnd" else 0
        event = {"type": kind, "touchPoints": points, "timestamp": time.time() + rest}
        self._session.send("Input.dispatchTouchEvent", event)


class Hold:
    """A box or a handle with the mouse pressed on it.

    Parameters
    ----------
    at : where it is taken, in pixels of the page
    cell : width and height of a cell of the map
    """

    def __init__(
        self, screen: "Screen", at: tuple[float, float], cell: tuple[float, float]
    ) -> None:
        self._screen, self._at, self._cell = screen, at, cell
        screen.hand.move(*at)
        screen.hand.press()

    def pull(self, rows: float, cols: float) -> "Hold":
        """Move by cells from where it was taken, and wait until that is painted."""
        (x, y), (wide, high) = self._at, self._cell
        self._screen.hand.move(x + cols * wide, y + rows * high, steps=3)
        self._screen.settle()
        return self

    def release(self) -> None:
        self._screen.hand.release()
