"""A page without the app: a file that a browser opens with its network off."""

from pathlib import Path
from typing import Any

from .stage_page import Stage


class File(Stage):
    """The stage in a file. There is nobody who would answer, so nothing is waited for but painting."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self._hurried = True
        self.asked: list[str] = []
        self.refused: list[str] = []
        self._page.on("request", lambda request: self.asked.append(request.url))
        # What the page's policy forbids is told there.
        self._page.on("console", lambda said: self.refused.append(said.text))

    def show(self, file: Path) -> "File":
        self.open(file.as_uri())
        return self

    def go_to(self, kind: str) -> None:
        """Go to the first step of a kind."""
        self.root.locator(f"li[data-kind={kind}] button").first.click()
        self.settle()
