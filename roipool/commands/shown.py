"""Which exercise ``roipool render`` is asked for."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from roipool.commands.command import CommandError
from roipool.commands.given import content_of, tell_how
from roipool.conventions import get_convention

if TYPE_CHECKING:
    from app.exercise.record import Exercise
    from app.text import Text


def exercise(options: argparse.Namespace, text: "Text") -> "Exercise":
    """The exercise that is named, linked or read from files, with what else was asked.

    Raises
    ------
    CommandError, RoIPoolError
        It cannot be had; the error says why.
    """
    from app.exercise.limits import MAX_BINS

    wanted = _opened(options, text)
    if options.scale is not None:
        wanted = replace(wanted, spatial_scale=options.scale)
    if options.map or options.boxes:
        wanted = _read(wanted, options, text)
    if options.output_size is not None:
        if max(options.output_size) > MAX_BINS:
            raise CommandError(f"up to {MAX_BINS} sections can be drawn along a side")
        wanted = replace(wanted, output_size=options.output_size, gradient=())
    if options.convention is not None:
        wanted = replace(wanted, convention=_convention(options.convention))
    if options.box is not None:
        if options.box >= len(wanted.boxes):
            raise CommandError(f"there is no box {options.box}; there are {len(wanted.boxes)}")
        wanted = wanted.with_boxes(wanted.boxes, options.box)
    if options.channel is not None:
        if options.channel >= wanted.maps.channels:
            channels = wanted.maps.channels
            raise CommandError(f"there is no channel {options.channel}; there are {channels}")
        wanted = replace(wanted, channel=options.channel)
    return wanted


def query_of(address: str) -> dict[str, str]:
    """What an address asks for: of a whole one its query, of a bare code that it is one.

    Examples
    --------
    >>> query_of("http://localhost:8501/sizes?preset=3-in-7")
    {'preset': '3-in-7'}
    >>> query_of("?x=1abc"), query_of("1abc")
    ({'x': '1abc'}, {'x': '1abc'})
    """
    query = urlsplit(address).query or address.lstrip("?")
    return dict(parse_qsl(query)) if "=" in query else {"x": query}


def _opened(options: argparse.Namespace, text: "Text") -> "Exercise":
    from app.exercise.presets import opened, presets
    from app.exercise.record import article_exercise

    if options.preset is not None and options.preset not in presets():
        known = ", ".join(presets())
        raise CommandError(f"there is no preset {options.preset!r}; there are {known}")
    query = {} if options.link is None else query_of(options.link)
    if options.link is not None and not {"x", "preset"} & query.keys():
        raise CommandError("this address holds no exercise: it has neither x= nor preset=")
    if options.preset is not None:
        query = {"preset": options.preset}
    found, problem = opened(query, article_exercise())
    if problem is not None:
        raise CommandError(problem.sentence(text))
    return found


def _read(wanted: "Exercise", options: argparse.Namespace, text: "Text") -> "Exercise":
    from app.exercise.maps import Maps
    from app.files import ReadError, boxes_reading, maps_reading

    name = ""
    try:
        if options.map:
            name, content = content_of(options.map)
            maps = maps_reading(name, content)
            tell_how(name, maps, text)
            wanted = replace(wanted, maps=Maps(maps.value), boxes=(), selected=0, image=0)
        if options.boxes:
            name, content = content_of(options.boxes)
            rows, cols = wanted.size
            extent = rows * wanted.unit, cols * wanted.unit
            boxes = boxes_reading(name, content, wanted.maps.images, extent)
            tell_how(name, boxes, text)
            wanted = wanted.with_boxes(boxes.value, 0)
    except ReadError as error:
        raise CommandError(f"{name}: {error.problem.sentence(text)}") from error
    return wanted


def _convention(name: str) -> str:
    """A preset or an alias of one, by name: links and pages know no others."""
    return get_convention(name).name
