"""A page of the app as a test drives and reads it. Whatever is read is read once it has settled.

One file, because all that a page is asked or told waits for the same thing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, WebSocket

from .hold import Finger, Hand
from .part import Finder, Part
from .scripts import FOCUSED, MARKUP, PRESS
from .settled import PATIENCE, Questions, Settling
from .slow_server import SlowServer
from .traffic import Traffic


class Screen(Finder):
    """A page.

    Attributes
    ----------
    hand : the mouse
    line : what stands between it and the server, if anything does
    root : what is there once the page is usable
    thrown : what its scripts have thrown
    """

    root: Part

    def __init__(
        self, page: Page, line: SlowServer | None = None, questions: Questions | None = None
    ) -> None:
        super().__init__(self, page)
        self._page, self.line = page, line
        self._questions = questions or Questions()
        self._settling = Settling(page, self._questions, self._is_hurried)
        self._finger: Finger | None = None
        self._hurried = False
        self._media: dict[str, Any] = {}
        self.hand = Hand(page)
        self.thrown: list[str] = []
        if questions:
            return
        page.on("websocket", self._connected)
        page.on("pageerror", lambda error: self.thrown.append(str(error)))
        if line:
            line.listens(self._questions.received)

    def _connected(self, socket: WebSocket) -> None:
        self._questions.forget()
        socket.on("framesent", self._questions.sent)
        if not self.line:
            socket.on("framereceived", self._questions.received)

    # ---- coming and going ----

    def open(self, url: str) -> "Screen":
        self._page.goto(url)
        self.root._found.wait_for()
        self.settle()
        self._questions.opened = url, self._questions.asked
        return self

    def is_as_opened(self, url: str) -> bool:
        """It was opened with this address, and has asked for nothing, held or thrown since."""
        as_opened = self._questions.opened == (url, self._questions.asked)
        return as_opened and not (self.hand.full or self.thrown)

    def reload(self) -> "Screen":
        return self.open(self.address())

    def back(self) -> None:
        """The browser's Back, within the app."""
        with self.rerun():
            self._page.go_back()

    def leave(self) -> "Screen":
        """Let go of everything; what is opened next is as if in a new page."""
        self.hand.release()
        self.hand.move(0, 0)
        self._questions.forget()
        self._finger = None
        self.thrown.clear()
        return self

    def on(self, kind: type["Screen"]) -> "Screen":
        """The same page as another kind of page, which a link of it has led to."""
        other = kind(self._page, self.line, self._questions)
        other.thrown, other.hand = self.thrown, self.hand
        return other

    def close(self) -> None:
        self._page.close()

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def emulate(self, media: dict[str, Any]) -> None:
        """Have the colours and the motion of another machine."""
        if media != self._media:
            self._page.emulate_media(**media)
            self._media, self._questions.opened = media, None

    # ---- waiting ----

    def enlarge_text(self, times: float) -> None:
        """Set larger text in the browser, where a page says nothing of its own."""
        session = self._page.context.new_cdp_session(self._page)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": round(16 * times)}})

    def once_settled(
        self, evaluate: Callable[..., Any], script: str, given: Any = None, **which: bool
    ) -> Any:
        """What a function says, evaluated when nothing is left to paint and nothing to answer.

        With something in the hand, with the server's answers held back or `at_once`, only what is
        to be painted is waited for.
        """
        return self._settling.read(evaluate, script, given, **which)

    def _is_hurried(self) -> bool:
        held = self.line is not None and self.line.holding
        in_finger = self._finger is not None and self._finger.full
        return self._hurried or held or in_finger or self.hand.full

    def settle(self) -> None:
        """Wait until nothing is left to paint and nothing to answer."""
        self._settling.wait()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Inside, what is read has been painted, and Python may not have been asked yet."""
        before, self._hurried = self._hurried, True
        try:
            yield
        finally:
            self._hurried = before

    def until(self, read: Callable[[], Any], wanted: object) -> None:
        """Wait until `read` gives what is wanted."""
        deadline = time.monotonic() + PATIENCE
        while (found := read()) != wanted:
            if time.monotonic() > deadline:
                raise AssertionError(f"{found} and not {wanted}")
            with self.at_once():
                self.settle()

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """What is done inside makes Streamlit rerun; wait until that is through."""
        self.settle()
        before = self._questions.asked
        yield
        self.until(lambda: self._questions.asked > before, True)
        self.settle()

    # ---- reading ----

    def read(self, script: str, given: Any = None, address: bool = False) -> Any:
        """What a function says, once the page has settled."""
        return self.once_settled(self._evaluate, script, given, address=address)

    def _evaluate(self, script: str, how: dict[str, Any]) -> Any:
        return self._page.evaluate(f"(how) => ({script})(document, how)", how)

    def everything(self) -> str:
        """All that the page holds for an eye or an ear: its markup and its accessibility tree."""
        markup = self.read(MARKUP)
        session = self._page.context.new_cdp_session(self._page)
        spoken = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        return f"{markup}\n{spoken}"

    def recorded(self, name: str) -> Any:
        """What the page has noted under this name."""
        return self.read("(_, name) => window[name] ?? null", name)

    def address(self) -> str:
        return self.read("() => window.location.href", address=True)

    def focused(self) -> str | None:
        """The data-testid of what has the focus."""
        return self.read(FOCUSED)

    @property
    def height(self) -> int:
        return self._page.viewport_size["height"]

    @property
    def reruns(self) -> int:
        """How many reruns the browser has asked the server for."""
        self.settle()
        return self._questions.asked

    # ---- doing ----

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def press_together(self, *keys: str) -> None:
        """Press keys so quickly one after the other that they count as one edit."""
        self._page.evaluate(PRESS, keys)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def insert(self, text: str) -> None:
        """Have an input method write a text, at once."""
        self._page.keyboard.insert_text(text)

    def compose(self, text: str) -> None:
        """Have an input method show a text before it writes it."""
        session = self._page.context.new_cdp_session(self._page)
        end = {"selectionStart": len(text), "selectionEnd": len(text)}
        session.send("Input.imeSetComposition", {"text": text, **end})
        session.send("Input.insertText", {"text": text})
        session.detach()

    def blur(self) -> None:
        """Take the focus from whatever has it."""
        self._page.evaluate("() => document.activeElement.blur()")

    def touch(self, x: float, y: float) -> Finger:
        """Put a finger down."""
        self._finger = Finger(self._page, x, y)
        return self._finger

    def record(self, script: str) -> None:
        """Have a function note what happens, for `recorded`."""
        self.settle()
        self._page.evaluate(script)

    def picture(self) -> bytes:
        """What is seen of it."""
        self.settle()
        return self._page.screenshot()

    @contextmanager
    def printed(self) -> Iterator[None]:
        """Inside, the page is as it is printed: on paper of A4 with its margins."""
        before = self._page.viewport_size
        tell = "(name) => window.dispatchEvent(new Event(name))"
        self.resize(687, 1017)
        self._page.evaluate(tell, "beforeprint")
        self._page.emulate_media(media="print")
        try:
            yield
        finally:
            self._page.emulate_media(media="screen")
            self._page.evaluate(tell, "afterprint")
            self.resize(before["width"], before["height"])

    def download(self, button: Part) -> tuple[str, bytes]:
        """The file behind a button: its name and its bytes."""
        with self._page.expect_download() as taken:
            button.click()
        return taken.value.suggested_filename, Path(taken.value.path()).read_bytes()

    def traffic(self) -> Traffic:
        """What the page fetches from now on."""
        return Traffic(self._page)
