"""The commands' own help as a document: ``python -m roipool.commands.docs`` writes it anew."""

import argparse
from functools import partial
from pathlib import Path

from roipool.commands.command import Help
from roipool.commands.everything import COMMANDS, program

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"

_WIDTH = 88
_HEAD = """# The command line

`roipool` and `python -m roipool` are the same. The commands that draw, print or serve need what the
app stands on (`pip install "roipool[app]"`, or `pip install -r requirements.txt` in a checkout);
`pool`, `identify`, `bench` and `doctor` need NumPy alone. The exit code is 0 where all went well,
and 2 with a message on the standard error where something is not understood or cannot be done;
`identify` has 1 for an output that nothing explains.

What follows is each command's own `--help`; `python -m roipool.commands.docs` writes it anew.
"""


def document() -> str:
    """The whole document, the same whatever terminal or version of Python."""
    parts = [_HEAD, _block(program())]
    commands = argparse.ArgumentParser().add_subparsers()
    for command in COMMANDS:
        parts += [f"## {command.name}\n", _block(command.add_to(commands))]
    return "\n".join(parts)


def _block(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = partial(Help, width=_WIDTH)
    # Python colours help from 3.14 on.
    vars(parser)["color"] = False
    return f"```\n{parser.format_help()}```\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
