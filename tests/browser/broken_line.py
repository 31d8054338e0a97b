"""A server that is away for a while: the line that is cut, and waiting until a page has noticed."""

from playwright.sync_api import Page, WebSocketRoute

from .part import expect
from .slow_server import SlowServer
from .stage_page import Stage

# In ms. A server that begins anew reads everything first, and the page looks for it ever more
# rarely.
PATIENCE = 60_000


class Line(SlowServer):
    """Stands between a page and its server; while it is cut there is no other.

    What is read meanwhile has been painted, as while answers are held back.
    """

    def __init__(self, page: Page) -> None:
        self._cut = False
        super().__init__(page)

    def _connected(self, browser_side: WebSocketRoute) -> None:
        if self._cut:
            browser_side.close()
        else:
            super()._connected(browser_side)

    def cut(self) -> None:
        self._cut = self.holding = True
        for end in self._ends:
            end.close()

    def mend(self) -> None:
        # What was under way when it was cut is lost.
        self.held.clear()
        self._cut = self.holding = False


def state(stage: Stage, *, connected: bool) -> None:
    """Wait until the page has noticed that its server is away, or back."""
    app = expect(stage.part("stApp"), settled=False)
    here = ("data-test-connection-state", "CONNECTED")
    if connected:
        app.to_have_attribute(*here, timeout=PATIENCE)
    else:
        app.not_to_have_attribute(*here, timeout=PATIENCE)


def alone(stage: Stage) -> None:
    """Wait until the page says that its server is away, and close what says it."""
    said = expect(stage.part("stDialog"), settled=False)
    said.to_be_visible(timeout=PATIENCE)
    stage.press("Escape")
    said.to_be_hidden()


def answered(stage: Stage) -> None:
    """Wait until Python has answered everything, whenever it comes to that."""
    confirmed = expect(stage.root, settled=False)
    confirmed.to_have_attribute("data-confirmed", "true", timeout=PATIENCE)
    stage.settle()
