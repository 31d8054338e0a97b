"""Something in the hand."""

from playwright.sync_api import Page

NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def next_frame(page: Page) -> None:
    """Wait until what has happened is painted."""
    page.evaluate(NEXT_FRAME)


class Hold:
    """A box or a handle with the mouse pressed on it.

    Attributes
    ----------
    at : where it was taken, in pixels of the page
    cell : width and height of a cell of the map
    """

    def __init__(self, page: Page, at: tuple[float, float], cell: tuple[float, float]) -> None:
        self.page, self.mouse, self.at, self.cell = page, page.mouse, at, cell

    def pull(self, rows: int, cols: int) -> "Hold":
        """Move by cells from where it was taken, and wait until that is painted."""
        (x, y), (wide, high) = self.at, self.cell
        self.mouse.move(x + cols * wide, y + rows * high, steps=3)
        next_frame(self.page)
        return self

    def release(self) -> None:
        self.mouse.up()
