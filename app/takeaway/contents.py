"""What a page without Python knows: an exercise, how it is cut, and what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.exercise.coordinates import coordinates
from app.exercise.desk import Desk
from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.stage.payload import payload, rule_of, words
from app.takeaway.tables import Along, along, table
from app.text import LANGUAGES, Text, strings
from roipool import Convention, get_convention

# What the page works out by itself, and what of an exercise it has no use for.
_MADE = {"boxes", "output", "rule", "coordinates", "edges", "scenes", "notices", "text", "story"}
_MADE |= {"cell", "saved", "language"}
# The sentences that it fills in, by what their keys begin with.
_SAID = ("scene.", "story.", "notice.", "stage.span.", "stage.list", "join")

# Words of the controls over it, which the app's pages have too.
_CONTROLS = ("convention", "output.rows", "output.cols", "undo", "redo")


def contents(
    exercise: Exercise, conventions: Sequence[str | Convention], *, said: bool = True
) -> dict[str, Any]:
    """An exercise as plain JSON for a page that has nobody to ask.

    Parameters
    ----------
    exercise : of its maps the plane that is looked at goes along, with the boxes on that image
    conventions : names or records of those that the reader can choose; the exercise's own comes
        first, whether or not it is among them
    said : whether the words go along, which several exercises can share

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> found = contents(article_exercise(), ["article", "fast_rcnn"])
    >>> found["stage"]["rows"], found["boxes"], [one["key"] for one in found["conventions"]]
    (8, [[0.0, 0.0, 3.0, 7.0, 8.0]], ['article', 'fast_rcnn'])
    """
    bare = alone(exercise)
    chosen = list(dict.fromkeys([bare.rule, *map(get_convention, conventions)]))
    axes = along(bare, chosen)
    sizes = [axis.size for axis in axes]
    rows, cols = map(sizes.index, bare.size)
    tables = [[_table(axis, rule, bare.spatial_scale) for axis in axes] for rule in chosen]
    # Several conventions cut whole cells alike.
    edges = [_distinct(of[k].pop("edges") for of in tables) for k in range(len(axes))]
    sent = payload(Desk(bare, session=1), Text("en"), "story", linked=False)
    return {
        "stage": {name: value for name, value in sent.items() if name not in _MADE}
        | {"saved": {"late": "", "lost": ""}, "cell": None},
        "boxes": [list(box) for box in bare.boxes],
        "selected": bare.selected,
        "rows": rows,
        "cols": cols,
        "axes": [
            {
                "size": axis.size,
                "lines": [lines._asdict() for lines in axis.lines],
                "own": axis.own,
                "edges": edges[k][0],
            }
            for k, axis in enumerate(axes)
        ],
        "conventions": [
            {
                "key": rule.name,
                "rule": rule_of(replace(bare, convention=rule)),
                "said": {
                    "name": rule.name,
                    "inclusive": bool(rule.inclusive_end),
                    "arithmetic": rule.arithmetic,
                },
                "tables": [of | {"edges": edges[k][1][n]} for k, of in enumerate(tables[n])],
            }
            for n, rule in enumerate(chosen)
        ],
    } | ({"words": words_of(chosen)} if said else {})


def words_of(rules: Sequence[Convention]) -> dict[str, Any]:
    """What is said of exercises that are cut by these conventions, in every language."""
    return {language: _words(Text(language), rules) for language in LANGUAGES}


def _table(axis: Along, rule: Convention, scale: float) -> dict[str, Any]:
    lines = coordinates(axis.size, rule, scale)
    return table(axis, rule, scale) | {"lines": axis.lines.index(lines)}


def _distinct(found: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """What is found without what was found before, and the place in that of each."""
    kept: list[Any] = []
    places = []
    for one in found:
        if one not in kept:
            kept.append(one)
        places.append(kept.index(one))
    return kept, places


def alone(exercise: Exercise) -> Exercise:
    """The plane that is looked at as the only one, with the boxes of its image.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> alone(article_exercise()) == article_exercise()
    True
    """
    here = [n for n, box in enumerate(exercise.boxes) if box[0] == exercise.image]
    boxes = tuple((0.0, *exercise.boxes[n][1:]) for n in here)
    selected = here.index(exercise.selected) if exercise.selected in here else 0
    return replace(
        exercise,
        maps=Maps(exercise.cells),
        boxes=boxes,
        selected=selected,
        image=0,
        channel=0,
        gradient=(),
    )


def _words(text: Text, rules: Sequence[Convention]) -> dict[str, Any]:
    said = {key: string for key, string in strings(text.language).items() if key.startswith(_SAID)}
    return {
        "stage": words("stage", text),
        "say": said,
        "page": text.section("takeaway") | {name: text(f"controls.{name}") for name in _CONTROLS},
        "conventions": {
            rule.name: text(f"convention.{rule.name}")
            for rule in rules
            if text.has(f"convention.{rule.name}")
        },
    }
