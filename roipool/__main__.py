"""The command line: ``roipool worksheet`` or ``python -m roipool worksheet``.

What it makes comes from the app, which is imported once it is asked for: the library stands alone.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

KINDS = (".pdf", ".xlsx")
PAPERS = ("A4", "Letter")
MOST_SHEETS = 100
# The last of so many sheets still has a seed that the page takes.
MOST_SEED = 999_900
_NO_APP = (
    "roipool worksheet needs the app beside the library, and {name} is not installed. "
    "In a checkout of the project: pip install -r requirements.txt"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Exit code 0, or 2 with a message where something is not understood."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        from app.worksheets.command import Order, OrderError, lesson_of, make
    except ModuleNotFoundError as error:
        print(_NO_APP.format(name=error.name), file=sys.stderr)
        return 2
    try:
        order = Order(
            lesson_of(options.lesson),
            options.seed,
            options.count,
            language=options.lang,
            paper=options.paper,
            filled=options.filled,
            address=options.address,
        )
        options.output.write_bytes(make(options.output.suffix.lower(), order))
    except (OrderError, OSError) as error:
        print(f"roipool worksheet: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="roipool", description="RoI pooling on paper.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    sheet = commands.add_parser(
        "worksheet",
        help="a lesson's questions as a PDF or a workbook",
        description="A lesson's questions as a PDF to print, or as a workbook to fill in. "
        "The same seed gives the same questions; --filled gives the answers to them.",
    )
    sheet.add_argument("--lesson", type=_number(1), required=True, metavar="N", help="its number")
    sheet.add_argument(
        "--seed", type=_number(0, MOST_SEED), default=1, metavar="N", help="default 1"
    )
    sheet.add_argument(
        "--count",
        type=_number(1, MOST_SHEETS),
        default=1,
        metavar="N",
        help="how many sheets, each with other numbers: seeds SEED, SEED + 1, ... (default 1)",
    )
    sheet.add_argument("--paper", type=_paper, default="A4", metavar="SIZE", help="A4 or Letter")
    sheet.add_argument("--lang", choices=("en", "zh"), default="en")
    sheet.add_argument("--filled", action="store_true", help="with the answers, or formulas")
    sheet.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="where your readers find the lessons, https://.../lessons: each question then has a "
        "code that opens it there",
    )
    sheet.add_argument(
        "-o",
        "--output",
        type=_writable,
        required=True,
        metavar="FILE",
        help=f"ends in {' or '.join(KINDS)}",
    )
    return parser


class _number:  # noqa: N801  argparse names a type by this
    """A whole number between two bounds."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        if text.isdecimal() and self.least <= int(text) <= (self.most or int(text)):
            return int(text)
        to = f" to {self.most}" if self.most else ""
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {self.least}{to}")


def _paper(text: str) -> str:
    for paper in PAPERS:
        if text.lower() == paper.lower():
            return paper
    raise argparse.ArgumentTypeError(f"{text!r} is no paper known here; {' or '.join(PAPERS)} is")


def _writable(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} ends in neither {' nor '.join(KINDS)}")
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text!r} is no file that can be written")
    return path


if __name__ == "__main__":
    sys.exit(main())
