"""When a page may be read: nothing is left to paint, and nothing to answer.

The figures mark what they have still to paint (``data-unpainted``) and what Python has not
confirmed (``data-confirmed``), the address marks that it is behind, Streamlit marks that a script
runs. What has been asked of the server and is not under way yet is known here alone: `Questions`.
"""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Seconds, for a machine that is slow or busy.
PATIENCE = 30

# What of that which is to be waited for is still so.
LEFT = """(waits) => {
  let within;
  const shadows = () =>
    (within ??= [...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? []));
  const marked = (mark) =>
    document.querySelector(mark) || shadows().some((root) => root.querySelector(mark));
  const runs = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  const signs = {
    "a figure is to be painted": () => waits.painted && marked("[data-unpainted]"),
    "an edit is to be answered": () => waits.answered && marked("[data-confirmed=false]"),
    "a script runs": () => waits.answered && runs() !== "notRunning",
    "the address is to be written": () => waits.address && marked("[data-address-behind]"),
  };
  return Object.keys(signs).filter((sign) => signs[sign]());
}"""
# Waits until so many frames in a row have seen nothing of it, for a while. After a frame and not at
# once, since other room on the page is seen with it, and what that asks for is asked then.
SETTLE = f"const leftOf = {LEFT};"
SETTLE += """
  const next = window.promptFrame ?? window.requestAnimationFrame;
  const frame = () => new Promise((done) => next(() => setTimeout(done)));
  let left = [];
  for (let k = 0, calmly = 0; k < 60 && calmly < calm; k += 1) {
    await frame();
    left = leftOf(waits);
    calmly = left.length ? 0 : calmly + 1;
  }
  return { left };"""
SETTLE = "async ({waits, calm}) => {" + SETTLE + "}"
# Reads in the task that has seen the page settled. An element is found before that, and so only
# after `SETTLE`.
READ = f"const left = ({LEFT})(waits);"
READ += """
  if (alone && found.length !== 1) left.push(`one part, not ${found.length}`);
  return left.length ? { left } : { left, value: read(alone ? found[0] : found, given) };"""
READ = "(found, {waits, given, alone}, read) => {" + READ + "}"


class Questions:
    """What a page has asked its server for, and whether it has been answered.

    Of several questions under way the server may answer some with one run; whoever asks through
    `Screen.rerun` asks one after the other.

    Attributes
    ----------
    asked : how many reruns have been asked for
    heard : something has come from the server that the page may not have shown yet
    opened : the address that the page was opened with, and how many had been asked for by then
    """

    def __init__(self) -> None:
        self.asked = 0
        self.forget()

    def forget(self) -> None:
        """The page is left, and with it what it has asked."""
        self.open = self.running = self.heard = False
        self.opened: tuple[str, int] | None = None

    def sent(self, frame: bytes | str) -> None:
        if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.asked += 1
            self.open, self.running = True, False

    def received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        self.heard = True
        if kind == "new_session":
            self.running = True
        # A run that was broken off for another is no answer.
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if kind == "script_finished" and self.running and not early:
            self.open = self.running = False


class Settling:
    """Waits for a page to settle, and reads it then."""

    def __init__(self, page: Page, questions: Questions, is_hurried: Callable[[], bool]) -> None:
        self._page, self._questions, self._is_hurried = page, questions, is_hurried

    def wait(self) -> None:
        self._until_settled(lambda _: {"left": [], "value": None})

    def read(
        self,
        evaluate: Callable[..., Any],
        script: str,
        given: Any,
        address: bool = False,
        alone: bool = False,
    ) -> Any:
        """What a function of what `evaluate` finds says, or of the only one that it finds."""
        reading = f"(found, how) => ({READ})(found, how, {script})"
        how = {"given": given, "alone": alone}
        return self._until_settled(lambda waits: evaluate(reading, how | {"waits": waits}), address)

    def _until_settled(self, read: Callable[[dict[str, bool]], Any], address: bool = False) -> Any:
        deadline, questions = time.monotonic() + PATIENCE, self._questions
        while True:
            answered = not self._is_hurried()
            asked, is_open = questions.asked, questions.open
            # What has come may take a task or two from the socket to the figures.
            calm = 2 if questions.heard else 1
            questions.heard &= not answered
            waits = {"painted": True, "answered": answered, "address": address}
            said = self._page.evaluate(SETTLE, {"waits": waits, "calm": calm})
            if not said["left"]:
                said = read(waits)
            left = list(said["left"])
            if answered and (is_open or questions.asked > asked):
                left.append("the server is to answer")
            if not left:
                return said["value"]
            questions.heard = True
            if time.monotonic() > deadline:
                raise AssertionError(f"The page did not settle: {', '.join(left)}.")
