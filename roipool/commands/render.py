"""``roipool render``: what the stage shows, as a file."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roipool.beside import the_app
from roipool.commands import shown
from roipool.commands.command import Command, CommandError
from roipool.commands.given import check_one_input, put
from roipool.commands.values import ending, number, scale, size

if TYPE_CHECKING:
    from app.exercise.record import Exercise, Result
    from app.text import Text

# The kinds of scenes that `--step` names, in their order; "scan" has several.
STEPS = ("input", "proposal", "sections", "maxima", "output")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is drawn, and how.

    Attributes
    ----------
    step : one of `STEPS`, for one picture; None is the last that there is
    scan : whether the search for the maxima is shown, too
    storyboard : whether all steps stand side by side
    """

    exercise: "Exercise"
    result: "Result"
    text: "Text"
    step: str | None
    scan: bool
    storyboard: bool


def _gif(asked: Asked) -> bytes:
    from app.exports.gif import gif

    return gif(asked.exercise, asked.result, asked.text, scan=asked.scan)


def _video(asked: Asked) -> bytes:
    from app.exports.video import FfmpegError, video

    try:
        return video(asked.exercise, asked.result, asked.text, scan=asked.scan)
    except FfmpegError as error:
        raise CommandError(f"{error}. A .gif needs none.") from error


def _png(asked: Asked) -> bytes:
    if not asked.storyboard:
        return _picture(asked, "png")
    from app.exports.storyboard import storyboard

    return storyboard(asked.exercise, asked.result, asked.text, scan=asked.scan)


def _picture(asked: Asked, kind: Any) -> bytes:
    from app.exports.picture import picture
    from app.story.scenes import scenes

    told = scenes(asked.exercise, asked.result, asked.text)
    kind_of_scene = asked.step or told[-1].kind
    scene = next((scene for scene in told if scene.kind == kind_of_scene), None)
    if scene is None:
        raise CommandError("there is no box, and so no step but input")
    return picture(asked.exercise, asked.result, scene, asked.text, kind)


def _page(asked: Asked) -> bytes:
    from app.takeaway.document import page

    return page(asked.exercise, asked.text).encode()


def _slides(asked: Asked) -> bytes:
    from app.exports.slides import slides

    return slides(asked.exercise, asked.text)


def _stills(asked: Asked) -> bytes:
    from app.exports.stills import stills

    return stills(asked.exercise, asked.text)


WRITERS: dict[str, Callable[[Asked], bytes]] = {
    ".gif": _gif,
    ".mp4": _video,
    ".png": _png,
    ".svg": lambda asked: _picture(asked, "svg"),
    ".pdf": lambda asked: _picture(asked, "pdf"),
    ".html": _page,
    ".pptx": _slides,
    ".zip": _stills,
}
"""By the suffix of a file, what writes it; a way that is added here is offered."""

_ALL_STEPS = (".gif", ".mp4")


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_argument_group("what is shown (default: the article's example)")
    one = what.add_mutually_exclusive_group()
    one.add_argument("--preset", metavar="NAME", help="a prepared case, as links name it")
    one.add_argument(
        "--link", metavar="ADDRESS", help="what an address of the app holds, or its ?x=... alone"
    )
    one.add_argument("--map", metavar="FILE", help="a feature map; of several maps, the first")
    what.add_argument("--boxes", metavar="FILE", help="rows batch_index, x1, y1, x2, y2")
    what.add_argument("--box", type=number(0), metavar="N", help="the one to pool, from 0")
    what.add_argument("--channel", type=number(0), metavar="N", help="the one to show, from 0")
    what.add_argument("--output-size", type=size, metavar="SIZE", help="2, or 7x5 (rows x columns)")
    what.add_argument("--scale", type=scale, metavar="SCALE", help="spatial_scale, 1/16 say")
    what.add_argument("--convention", metavar="NAME", help="whose bins: article, torchvision...")
    how = parser.add_argument_group("how")
    how.add_argument("--step", choices=STEPS, help="of one picture (default the last, output)")
    how.add_argument("--storyboard", action="store_true", help="a PNG of all steps")
    how.add_argument("--scan", action="store_true", help="with the search through each section")
    how.add_argument("--lang", choices=("en", "zh"), default="en", help="default en")
    how.add_argument(
        "-o",
        "--output",
        type=ending(tuple(WRITERS)),
        required=True,
        metavar="FILE",
        help=f"ends in {', '.join(WRITERS)}",
    )


def _run(options: argparse.Namespace) -> int:
    suffix = options.output.suffix.lower()
    if options.storyboard and suffix != ".png":
        raise CommandError("a storyboard is a .png")
    if options.step and (options.storyboard or suffix in _ALL_STEPS):
        raise CommandError("--step is of one picture; this shows them all")
    check_one_input(options.map, options.boxes)
    with the_app("roipool render"):
        import matplotlib  # noqa: F401  what draws is asked for here, in one message

        from app.exercise.record import pool
        from app.text import Text
    text = Text(options.lang)
    exercise = shown.exercise(options, text)
    asked = Asked(exercise, pool(exercise), text, options.step, options.scan, options.storyboard)
    put(WRITERS[suffix](asked), options.output)
    return 0


COMMAND = Command(
    name="render",
    usage="-o FILE [options]",
    help="the animation, a step or a storyboard as a file",
    description="""Draw what the stage shows: GIF and MP4 (which needs ffmpeg) are the animation,
    PNG, SVG and PDF one step of it, PPTX a slide for each, ZIP a picture of each with its
    caption, HTML the stage itself: a page that needs no server.

    Maps and boxes are files as the app takes them: CSV, TSV, JSON, NPY, NPZ of up to 64x64 cells,
    and the boxes of annotation tools.""",
    examples=(
        ("-o article.gif", "the article's animation, five frames"),
        ("--storyboard -o article.png", "the five frames on one sheet"),
        ("--preset 57-in-7 --step sections -o overshoot.svg", "one step of a prepared case"),
        ("--map map.csv --boxes boxes.csv --output-size 7 --scan -o mine.mp4", "your own numbers"),
        ("--link 'http://localhost:8501/?x=1eNqr...' -o linked.pdf", "what somebody sent you"),
    ),
    arguments=_arguments,
    run=_run,
)
