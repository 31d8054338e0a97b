"""``roipool worksheet``: a lesson's questions on paper."""

import argparse

from roipool.beside import the_app
from roipool.commands.command import Command, CommandError
from roipool.commands.given import put
from roipool.commands.values import ending, number

KINDS = (".pdf", ".xlsx")
PAPERS = ("A4", "Letter")
MOST_SHEETS = 100
# The last of so many sheets still has a seed that the page takes.
MOST_SEED = 999_900


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lesson", type=number(1), required=True, metavar="N", help="its number")
    parser.add_argument(
        "--seed", type=number(0, MOST_SEED), default=1, metavar="N", help="default 1"
    )
    parser.add_argument(
        "--count",
        type=number(1, MOST_SHEETS),
        default=1,
        metavar="N",
        help="how many sheets, each with other numbers: seeds SEED, SEED + 1, ... (default 1)",
    )
    parser.add_argument("--paper", type=_paper, default="A4", metavar="SIZE", help="A4 or Letter")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="default en")
    parser.add_argument("--filled", action="store_true", help="with the answers, or formulas")
    parser.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="where your readers find the lessons, https://.../lessons: each question then has a "
        "code that opens it there",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=ending(KINDS),
        required=True,
        metavar="FILE",
        help=f"ends in {' or '.join(KINDS)}",
    )


def _run(options: argparse.Namespace) -> int:
    with the_app("roipool worksheet"):
        from app.worksheets.command import Order, OrderError, lesson_of, make
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
    except OrderError as error:
        raise CommandError(str(error)) from error
    put(make(options.output.suffix.lower(), order), options.output)
    return 0


def _paper(text: str) -> str:
    for paper in PAPERS:
        if text.lower() == paper.lower():
            return paper
    raise argparse.ArgumentTypeError(f"{text!r} is no paper known here; {' or '.join(PAPERS)} is")


COMMAND = Command(
    name="worksheet",
    usage="--lesson N -o FILE [options]",
    help="a lesson's questions as a PDF or a workbook",
    description="""A lesson's questions as a PDF to print, or as a workbook to fill in. The same
    seed gives the same questions; --filled gives the answers to them.""",
    examples=(
        ("--lesson 3 --seed 7 --count 4 -o sheet.pdf", "four versions of a sheet"),
        ("--lesson 3 --seed 7 --count 4 --filled -o answers.pdf", "the answers to them"),
    ),
    arguments=_arguments,
    run=_run,
)
