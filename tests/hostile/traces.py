"""What a server says when something fails: to its log, and to who has sent it."""

import re
from collections import Counter
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.server import ROOT

_BEGINS = "Traceback (most recent call last)"
# A file of the server, in a traceback or by a folder of it.
_PLACE = re.compile(rf'File \\?"/|{re.escape(str(ROOT))}|site-packages')


def paths_in(message: ForwardMsg) -> list[str]:
    """The lines in which a message for the page says where files of the server lie.

    Streamlit itself names the script in the first message of each run, which is not shown.
    """
    if message.WhichOneof("type") != "delta":
        return []
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        said = "\n".join([element.exception.message, *element.exception.stack_trace])
    else:
        said = str(message.delta)
    return [line.strip() for line in said.splitlines() if _PLACE.search(line)]


def our_tracebacks(log: Path, since: int = 0) -> Counter[str]:
    """Tracebacks that go through the app, its pages or the library, by what was raised where.

    Of the log only what has come `since` it was so many bytes long.
    """
    text = log.read_bytes()[since:].decode("utf-8", "replace")
    ours = tuple(f"{ROOT}/{folder}/" for folder in ("app", "pages", "roipool"))
    found: Counter[str] = Counter()
    for block in _tracebacks(text):
        frames = [line for line in block if any(folder in line for folder in ours)]
        if frames:
            where = frames[-1].strip().replace(f"{ROOT}/", "")
            found[f"{block[-1].strip()[:100]}, {where}"] += 1
    return found


def _tracebacks(text: str) -> list[list[str]]:
    """The lines of each, down to the one that says what was raised."""
    blocks: list[list[str]] = []
    open_ = False
    for line in text.splitlines():
        begins = _BEGINS in line
        if begins:
            blocks.append([])
        open_ = open_ or begins
        if open_:
            blocks[-1].append(line)
            # What was raised is the first line that is not indented.
            open_ = begins or not line or line[0].isspace()
    return blocks
