"""A page that paints late, as on a machine that is slow or busy."""

from playwright.sync_api import Page

# Frames of the app come late, those that a test waits for don't.
LATE_FRAMES = """
  const prompt = window.requestAnimationFrame.bind(window);
  const waiting = new Map();
  let last = 0;
  window.promptFrame = prompt;
  window.requestAnimationFrame = (paint) => {
    const frame = (last += 1);
    const come = () => prompt((now) => waiting.delete(frame) && paint(now));
    waiting.set(frame, setTimeout(come, 80));
    return frame;
  };
  window.cancelAnimationFrame = (frame) => {
    clearTimeout(waiting.get(frame));
    waiting.delete(frame);
  };
"""


def slow_down(page: Page) -> None:
    page.add_init_script(LATE_FRAMES)
