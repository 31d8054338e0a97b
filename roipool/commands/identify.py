"""``roipool identify``: which convention made this output?"""

import argparse
import json
from typing import Any

from roipool.beside import MissingAppError, the_app
from roipool.commands.command import Command, CommandError
from roipool.commands.given import Array, as_maps, check_one_input, read_array, read_boxes
from roipool.commands.values import scale
from roipool.files import MAPS, OUTPUT
from roipool.identify import identify
from roipool.matches import Match, Matches


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("map", metavar="MAP", help="feature maps: H×W, C×H×W or B×C×H×W")
    parser.add_argument("boxes", metavar="BOXES", help="rows batch_index, x1, y1, x2, y2")
    parser.add_argument("output", metavar="OUTPUT", help="what somebody's pooling made of them")
    parser.add_argument(
        "--scale",
        type=scale,
        default=1.0,
        metavar="SCALE",
        help="the spatial_scale that was meant, cells per unit of the boxes (default 1)",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        metavar="NUMBER",
        help="how far apart equal values may be (default: the same float, or as many digits as "
        "the output has)",
    )
    parser.add_argument(
        "--budget",
        type=float,
        metavar="SECONDS",
        help="what trying may take, the simplest first (default: no limit)",
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="default en")
    parser.add_argument("--json", action="store_true", help="everything found, for a program")


def _run(options: argparse.Namespace) -> int:
    check_one_input(options.map, options.boxes, options.output)
    maps = read_array(options.map, MAPS, options.lang)
    # Axes that text has not are put in front, so that boxes know how many images there are.
    boxes = read_boxes(options.boxes, as_maps(maps), options.scale, options.lang)
    output = read_array(options.output, OUTPUT, options.lang)
    try:
        with the_app("this"):
            from app.conventions import asked, matches, told
            from app.text import Text
    except MissingAppError:
        found = _identified(as_maps(maps), boxes, output, options)
        lines = [_plain(match) for match in found]
    else:
        text = Text(options.lang)
        shaped = asked.shaped({"map": maps, "boxes": boxes, "output": output})
        if isinstance(shaped, asked.Refused):
            raise CommandError(next(iter(shaped.values())).sentence(text))
        found = _identified(shaped["map"], shaped["boxes"], shaped["output"], options)
        question = asked.Asked(shaped["map"], shaped["boxes"], shaped["output"], options.scale)
        said = matches.as_explained(question, found)
        lines = [*told.sentences(said, text), "", *told.table(said, text)]
    print(json.dumps(_as_json(found), indent=1) if options.json else "\n".join(lines))
    return 0 if found.makers else 1


def _identified(maps: Array, boxes: Array, output: Array, options: argparse.Namespace) -> Matches:
    asked = (maps, boxes, output, options.scale)
    return identify(*asked, tolerance=options.tolerance, budget=options.budget)


def _plain(match: Match) -> str:
    """A match in the library's own names."""
    made = f"{match.differing} of {match.cells} differ"
    return f"{made}: {match.name}, {match.rule.operation}, boxes {match.reading.key}"


def _as_json(found: Matches) -> dict[str, Any]:
    form, settling = found.format, found.settle()
    return {
        "explained": bool(found.makers),
        "undecided": found.undecided,
        "format": {"kind": form.kind, "digits": form.digits} if form else None,
        "settle_with": settling.boxes.tolist() if settling and settling.is_same_map else None,
        "matches": [_match_as_json(match) for match in found],
    }


def _match_as_json(match: Match) -> dict[str, Any]:
    changes = match.reading.changes
    return {
        "rank": match.rank,
        "name": match.name,
        "operation": match.rule.operation,
        "changed": {field: str(value) for field, value in match.rule.choices},
        "reading": match.reading.key,
        "amounts": {change.key: change.amount for change in changes if change.amount is not None},
        "differing": match.differing,
        "cells": match.cells,
        "frameworks": list(match.frameworks),
    }


COMMAND = Command(
    name="identify",
    usage="MAP BOXES OUTPUT [options]",
    help="which convention, or which mistake, made an output",
    description="""Find out which framework's rule made a pooled output, or which misreading of the
    boxes on the way to it: what the page Conventions answers, without its limits.

    Files are read as by roipool pool. The exit code is 0 where something explains all of the
    output, 1 where nothing does, and 2 for what cannot be read.""",
    examples=(
        ("map.npy rois.npy pooled.npy --scale 1/16", "who pooled so, in words"),
        ("map.csv boxes.csv output.csv --json | jq .matches[0]", "the best explanation"),
    ),
    arguments=_arguments,
    run=_run,
)
