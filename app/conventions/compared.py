"""One box under every convention, compared with the one that is on the stage. Pure."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.exercise.maps import Maps
from app.exercise.record import Exercise, Result, pool
from app.text import Text
from roipool import ALIASES, PRESETS, Convention

# Presets that are nobody's own name: the first is the article's figure, the second goes by its
# aliases.
_NO_FRAMEWORK = ("article", "fast_rcnn")


@dataclass(frozen=True, slots=True)
class Case:
    """What one convention makes of the played box.

    Attributes
    ----------
    rule : the convention
    result : of the plane that is looked at and the played box alone; of no box where none is
        played
    differs : (PH, PW) the output cells that are not the reference's
    same_bins : whether it cuts the same sections as the reference
    is_reference : whether it is the reference
    """

    rule: Convention
    result: Result
    differs: NDArray[np.bool_]
    same_bins: bool
    is_reference: bool


def cases(exercise: Exercise, own: Convention | None = None) -> list[Case]:
    """Every preset and one's `own` convention, beside that of the exercise, the reference."""
    exercise = looked_at(exercise)
    reference = pool(exercise)
    found = []
    for rule in [*PRESETS.values(), *([own] if own else [])]:
        result = pool(replace(exercise, convention=rule))
        found.append(
            Case(
                rule=rule,
                result=result,
                differs=(result.output != reference.output).any(axis=0),
                same_bins=sections(result) == sections(reference),
                is_reference=rule == exercise.rule,
            )
        )
    return found


def looked_at(exercise: Exercise) -> Exercise:
    """What is on the stage alone: its plane, and the played box on it if there is one."""
    n = exercise.played
    boxes = () if n is None else ((0.0, *exercise.boxes[n][1:]),)
    cells = Maps(exercise.cells)
    return replace(exercise, maps=cells, boxes=boxes, selected=0, image=0, channel=0)


def alike(found: list[Case]) -> list[list[Case]]:
    """The cases in groups that cut the same sections of the box and make the same output of them.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> [len(group) for group in alike(cases(article_exercise()))]
    [1, 5, 1]
    """
    groups: dict[tuple[bytes, ...], list[Case]] = {}
    for case in found:
        result = case.result
        key = sections(result), result.output.tobytes(), result.argmax.tobytes()
        groups.setdefault(key, []).append(case)
    return list(groups.values())


def sections(result: Result) -> bytes:
    """The cells of every bin; empty bins are alike wherever they are."""
    bins = result.bins
    edges = []
    for start, stop in ((bins.y0, bins.y1), (bins.x0, bins.x1)):
        full = start < stop
        edges += [np.where(full, start, 0), np.where(full, stop, 0)]
    return b"".join(edge.tobytes() for edge in edges)


def framework_keys(rule: Convention) -> list[str]:
    """Those who cut exactly this way, as `roipool` calls them."""
    if PRESETS.get(rule.name) != rule:
        return []
    keys = [alias for alias, name in ALIASES.items() if name == rule.name]
    return keys + ([] if rule.name in _NO_FRAMEWORK else [rule.name])


def frameworks(rule: Convention, text: Text) -> list[str]:
    """Names of those who cut exactly this way."""
    return [text(f"conventions.framework.{key}") for key in framework_keys(rule)]


def whose(rule: Convention, text: Text) -> str:
    """Who cuts this way, in a few words beside the name."""
    if PRESETS.get(rule.name) == rule and rule.name in ALIASES.values():
        return text("stage.list").join(frameworks(rule, text))
    return text(f"conventions.whose.{rule.name}")


def cut_by(rule: Convention, text: Text) -> str:
    """Who cuts this way, in a sentence."""
    names = frameworks(rule, text)
    if names:
        number = "one" if len(names) == 1 else "many"
        return text(f"conventions.cut_by.{number}", names=listed(names, text))
    return text(f"conventions.cut_by.{'article' if rule == PRESETS['article'] else 'none'}")


def same_here(found: list[Case], text: Text) -> str:
    """Which other conventions cut the same sections of this box; nothing where there is no box."""
    if not found or not len(found[0].result.output):
        return ""
    names = [case.rule.name for case in found if case.same_bins and not case.is_reference]
    if not names:
        return text("conventions.same.none")
    number = "one" if len(names) == 1 else "many"
    return text(f"conventions.same.{number}", names=listed(names, text))


def listed(names: list[str], text: Text) -> str:
    """Names in a row: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    most = text("stage.list").join(names[:-1])
    return text("conventions.and", most=most, last=names[-1])


def verdict(case: Case, text: Text) -> str:
    """How a convention's output compares with the reference's."""
    if case.is_reference:
        return text("conventions.verdict.reference")
    if not len(case.result.output):
        return ""
    count = int(case.differs.sum())
    if count:
        return text("conventions.verdict.differs", count=count, total=case.differs.size)
    return text("conventions.verdict.same" if case.same_bins else "conventions.verdict.same_values")
