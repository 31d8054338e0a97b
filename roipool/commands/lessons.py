"""``roipool lessons``: lessons as one file that needs neither a server nor a network."""

import argparse

from roipool.beside import the_app
from roipool.commands.command import Command, CommandError
from roipool.commands.given import put
from roipool.commands.values import ending, number

KINDS = (".html", ".zip")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lesson",
        type=number(1),
        action="append",
        metavar="N",
        help="a lesson's number; again for another one (default: all)",
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="default en")
    parser.add_argument(
        "-o",
        "--output",
        type=ending(KINDS),
        required=True,
        metavar="FILE",
        help=f"ends in {' or '.join(KINDS)}; a .zip is a SCORM 1.2 package",
    )


def _run(options: argparse.Namespace) -> int:
    with the_app("roipool lessons"):
        from app.lessons.lesson import lessons
        from app.takeaway.made import lessons_as
        from app.text import Text
    known = [lesson.number for lesson in lessons()]
    numbers = tuple(options.lesson or known)
    missing = next((one for one in numbers if one not in known), None)
    if missing is not None:
        raise CommandError(f"there is no lesson {missing}; they are numbered 1 to {known[-1]}")
    kind = options.output.suffix.lower()[1:]
    put(lessons_as(kind, numbers, Text(options.lang)), options.output)
    return 0


COMMAND = Command(
    name="lessons",
    usage="-o FILE [options]",
    help="lessons as a web page of their own, or for a course",
    description="""Lessons as one HTML file, which opens without a server or a network, diagnoses
    every answer and speaks English and Chinese; or as a SCORM 1.2 package, whose course is told the
    score.""",
    examples=(
        ("--lesson 2 --lesson 3 -o cutting.html", "two lessons, with a list of them"),
        ("-o course.zip", "all of them, for a course platform"),
    ),
    arguments=_arguments,
    run=_run,
)
