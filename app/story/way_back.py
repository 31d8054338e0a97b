"""The way back, scene by scene: where each output's gradient goes, and what arrives at the map.

The records are those of app/story/scenes.py, so that the same stage and timeline show both ways.

    forward -> incoming -> carry ... carry -> sums -> arrived
                           one record per section of the selected box
"""

from collections.abc import Iterator

import numpy as np

from app.exercise.record import Exercise, Result, pool
from app.story.backward import Backward, Place, Share, send_back, ties
from app.story.scenes import MOST_SPOKEN, SECTION_END, Scene
from app.story.told import Told
from app.text import Text, number

KINDS = ("forward", "incoming", "carry", "sums", "arrived")

# Cells whose sums are read out; of more the number.
MOST_SUMS = 2


def way_back(exercise: Exercise, backend: str, text: Text) -> Told:
    """The story of the way back, with the gradient at each box and on the map."""
    backward = send_back(exercise, backend)
    return Told(
        kinds=KINDS,
        scenes=backward_scenes(exercise, pool(exercise, backend), backward, text),
        warning=backward.warning,
        parts={"backward": backward.as_json()},
        boxes=[backward.of_box(n) for n in range(len(exercise.boxes))],
    )


def backward_scenes(
    exercise: Exercise, result: Result, backward: Backward, text: Text
) -> list[Scene]:
    """The way back from the selected box; one scene alone where there is no box.

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> from app.story.backward import send_back
    >>> article = article_exercise()
    >>> told = backward_scenes(article, pool(article), send_back(article), Text("en"))
    >>> print(told[2].caption)
    Section (0, 0): 1.00 goes to row 3, column 0, where its maximum 0.85 was found.
    """
    n = exercise.played
    if n is None:
        rows, cols = exercise.size
        return [Scene("forward", text("scene.input", rows=rows, cols=cols))]
    return [
        Scene("forward", _forward_sentence(result, n, text)),
        Scene("incoming", _incoming_sentence(backward, n, text)),
        *_carried(exercise, result, backward, n, text),
        Scene("sums", _sums_sentence(backward, text)),
        Scene("arrived", _arrived_sentence(exercise, result, backward, text)),
    ]


def _forward_sentence(result: Result, n: int, text: Text) -> str:
    values = result.output[n].ravel().tolist()
    empty = result.bins.empty[n].ravel().tolist()
    if len(values) > MOST_SPOKEN:
        form = "some" if any(empty) else "many"
        return text(f"backward.forward.{form}", count=len(values), empty=sum(empty))
    words = ("∅" if none else number(value) for value, none in zip(values, empty, strict=True))
    return text("backward.forward", values=text("stage.list").join(words))


def _incoming_sentence(backward: Backward, n: int, text: Text) -> str:
    values = backward.incoming[n].ravel().tolist()
    if all(value == 1 for value in values):
        return text("backward.incoming.ones")
    if len(values) > MOST_SPOKEN:
        return text("backward.incoming.many", count=len(values))
    return text("backward.incoming", values=text("stage.list").join(map(number, values)))


def _carried(
    exercise: Exercise, result: Result, backward: Backward, n: int, text: Text
) -> Iterator[Scene]:
    high, wide = exercise.output_size
    for section in ((i, j) for i in range(high) for j in range(wide)):
        at = int(result.argmax[n][section])
        place = divmod(at, exercise.size[1]) if at >= 0 else None
        sentence = _carry_sentence(exercise, result, backward, n, section, place, text)
        yield Scene("carry", sentence, SECTION_END, True, section, best=place)


def _carry_sentence(
    exercise: Exercise,
    result: Result,
    backward: Backward,
    n: int,
    section: tuple[int, int],
    place: Place | None,
    text: Text,
) -> str:
    value = number(float(backward.incoming[n][section]))
    said = {"i": section[0], "j": section[1], "value": value}
    if bool(result.bins.empty[n][section]):
        if place is None:
            return text("backward.carry.empty", **said)
        # Some conventions call the map's first cell the maximum of what holds no cell.
        where = {"row": place[0], "col": place[1], "convention": exercise.rule.name}
        return text("backward.carry.empty.first", **said, **where)
    if place is None:
        return text("backward.carry.nothing", **said)
    best = number(float(result.output[n][section]))
    sentence = text("backward.carry", **said, row=place[0], col=place[1], best=best)
    equal = ties(exercise, result, n, section)
    if not equal:
        return sentence
    if len(equal) > 1:
        return text.join(sentence, text("backward.carry.ties", count=len(equal)))
    row, col = equal[0]
    return text.join(sentence, text("backward.carry.tie", row=row, col=col))


def _sums_sentence(backward: Backward, text: Text) -> str:
    hit = [
        (place, shares) for place, shares in sorted(backward.received.items()) if len(shares) > 1
    ]
    if not hit:
        return text("backward.sums.none")
    told = [_sum_sentence(place, shares, backward, text) for place, shares in hit[:MOST_SUMS]]
    rest = len(hit) - MOST_SUMS
    return text.join(*told, *([text("backward.sums.rest", count=rest)] if rest > 0 else []))


def _sum_sentence(place: Place, shares: list[Share], backward: Backward, text: Text) -> str:
    """What a cell received and from where, with the sum that the library made of it."""
    row, col = place
    total = number(float(backward.gradient[place]))
    if len(shares) > MOST_SPOKEN:
        return text("stage.gradient.many", row=row, col=col, count=len(shares), total=total)
    # Where there is one box nobody needs its number.
    key = "section" if len(backward.incoming) == 1 else "section.of_box"
    sections = text("stage.gradient.and").join(
        text(f"stage.gradient.{key}", box=share.box, i=share.section[0], j=share.section[1])
        for share in shares
    )
    terms = " + ".join(_term(share.value) for share in shares)
    return text("stage.gradient.sum", row=row, col=col, terms=terms, total=total, sections=sections)


def _term(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _arrived_sentence(exercise: Exercise, result: Result, backward: Backward, text: Text) -> str:
    """Where it arrives, that all else is zero, and what that hides."""
    rows, cols = exercise.size
    hit = len(backward.received)
    if not hit:
        return text("backward.arrived.none", total=rows * cols)
    # Of the plane that is looked at, and where something arrived.
    sections = [
        (n, (i, j))
        for n, box in enumerate(exercise.boxes)
        for i, j in np.ndindex(exercise.output_size)
        if box[0] == exercise.image and backward.incoming[n, i, j]
    ]
    tied = {place for n, section in sections for place in ties(exercise, result, n, section)}
    tied -= backward.received.keys()
    lost = sum(int(backward.argmax[n][section]) < 0 for n, section in sections)
    form = "one" if hit == 1 else "many"
    said = [text(f"backward.arrived.{form}", count=hit)]
    rest = rows * cols - hit
    if tied:
        said.append(text("backward.arrived.tied", rest=rest, count=len(tied)))
    else:
        said.append(text("backward.arrived.rest", rest=rest))
    if lost:
        said.append(text("backward.arrived.lost", count=lost, total=len(sections)))
    return text.join(*said)
