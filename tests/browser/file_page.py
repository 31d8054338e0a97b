"""A page without the app: a file that a browser opens with its network off."""

from pathlib import Path
from typing import Any

from .lesson_page import By, Lesson
from .stage_page import Stage


class File(Stage):
    """The stage in a file. Nobody else answers, so nothing is waited for but painting."""

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


class CourseFile(Lesson):
    """Lessons in a file. What is pressed is answered at once."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self._hurried = True
        self.root = self.locator(".foot-note")

    def press_button(self, name: str, by: By = "pointer") -> None:
        self.push(self.lesson.part(name), by)
        self.settle()

    def go_on(self) -> None:
        """Past a step that only shows something."""
        self.locator(".shown").part("next").click()
        self.settle()
