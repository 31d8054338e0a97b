"""What `roipool.identify` has found, in words: who made an output, and what to change. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from app.conventions.asked import Asked, Given, Refused, find, read
from app.conventions.compared import framework_keys, listed
from app.conventions.words import reading_words, rule_words
from app.files import Ways
from app.text import Text, plain
from roipool import Match, Matches, Settling
from roipool.formats import Format
from roipool.ports import PORTS

# The frameworks that people know, first; how many of them are named in a sentence.
_KNOWN = ("torchvision", "onnxruntime", "caffe", "mmcv", "mxnet", "paddle_cpu", "paddle_gpu")
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """Explanations that do equally well in the same cells, under one reading of the boxes.

    Attributes
    ----------
    matches : they, the first of them speaks for all
    where : (N, C, PH, PW) the cells that they do not make
    """

    matches: tuple[Match, ...]
    where: NDArray[np.bool_]

    @property
    def first(self) -> Match:
        """The one that speaks for all."""
        return self.matches[0]


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """What was asked, what has been found, the best first, and of how many nothing is known."""

    asked: Asked
    found: list[Finding]
    undecided: int
    format: Format | None = None
    settling: Settling | None = None


def explained(
    given: Mapping[str, Given],
    spatial_scale: float,
    tolerance: float | None = None,
    ways: Mapping[str, Ways] | None = None,
) -> Explained | Refused:
    """What has made an output; or, by field, why there is no answer."""
    asked = read(given, spatial_scale, tolerance, ways)
    return asked if isinstance(asked, Refused) else explain(asked)


def explain(asked: Asked) -> Explained | Refused:
    """What has made the output of a question that was read."""
    matches = find(asked)
    if isinstance(matches, dict):
        return matches
    return as_explained(asked, matches)


def as_explained(asked: Asked, matches: Matches) -> Explained:
    """What was found for a question, those that say the same as one."""
    return Explained(asked, findings(matches), matches.undecided, matches.format, matches.settle())


def findings(matches: Iterable[Match]) -> list[Finding]:
    """Matches, the best first, those that say the same of the same cells as one.

    Half a cell less, rounded to the nearest, is another word for rounding down: that is said once.
    """
    matches = list(matches)
    floored = {match.name for match in matches if match.rule.is_floored and not match.differing}
    matches = [
        match
        for match in matches
        if match.name not in floored or not match.reading.is_half_a_cell_less
    ]
    found: list[Finding] = []
    for _, equals in groupby(matches, key=lambda match: match.rank):
        alike: dict[tuple[object, ...], list[tuple[Match, NDArray[np.bool_]]]] = {}
        for match in equals:
            where = match.where
            key = match.reading.changes, match.rule.operation, where.tobytes()
            alike.setdefault(key, []).append((match, where))
        found += [
            Finding(tuple(match for match, _ in group), group[0][1]) for group in alike.values()
        ]
    return found


def by_a_framework(said: Explained) -> Explained:
    """The same, what a framework computes first if the first is nobody's convention.

    Of what is said to come from a framework, misread boxes are likelier than a convention, the
    article's figure say, that none of them has.
    """
    whole = exact(said.found)
    if not whole or not is_nobodys(whole[0]):
        return said
    first = next((one for one in whole if _framework_keys(one)), whole[0])
    return replace(said, found=[first, *(one for one in said.found if one is not first)])


def names(finding: Finding, text: Text) -> str:
    """All the ways of computing of a finding; of presets with the same choices changed, as one."""
    alike: dict[object, list[Match]] = {}
    for match in finding.matches:
        rule = match.rule
        key = (rule.choices, bool(rule.choices) and rule.is_adaptive)
        alike.setdefault(key if rule.operation == "max" else rule, []).append(match)
    said = [
        rule_words(same[0], text, listed([match.name for match in same], text))
        for same in alike.values()
    ]
    # Rows within rows: those between stand apart from those within.
    return listed(said, text) if len(alike) == 1 else text("identify.names.apart").join(said)


def used_by(finding: Finding, text: Text) -> str:
    """The frameworks that compute so, the best known first."""
    return text("stage.list").join(_frameworks(finding, text))


def is_nobodys(finding: Finding) -> bool:
    """Whether it is a convention as it stands, and one that no framework has."""
    rule = finding.first.rule
    return rule.operation == "max" and not rule.choices and not _framework_keys(finding)


def _framework_keys(finding: Finding) -> list[str]:
    keys = [
        key
        for match in finding.matches
        if match.convention is not None and match.rule.operation == "max"
        for key in ([match.name] if match.name in PORTS else framework_keys(match.convention))
    ]
    return sorted(keys, key=lambda key: _KNOWN.index(key) if key in _KNOWN else len(_KNOWN))


def _frameworks(finding: Finding, text: Text) -> list[str]:
    return [text(f"conventions.framework.{key}") for key in _framework_keys(finding)]


def who(finding: Finding, text: Text) -> str:
    """Who computes so, in a few words: well-known frameworks, or else what the rule is called."""
    known = _frameworks(finding, text)
    if not known:
        return names(finding, text)
    if len(known) > _MOST_NAMED:
        some = text("stage.list").join(known[:_MOST_NAMED])
        return text("identify.and_more", some=some, count=len(known) - _MOST_NAMED)
    return listed(known, text)


def exact(found: list[Finding]) -> list[Finding]:
    """The findings that make all of an output."""
    return [finding for finding in found if not finding.first.differing]


def headline(found: list[Finding], text: Text) -> str:
    """Whether all of an output is explained, and by what; or that several things explain it."""
    best, others = found[0], len(exact(found)) - 1
    match = best.first
    reading = reading_words(match, text)
    told = {"who": who(best, text), "cells": match.cells, "count": match.differing}
    if match.differing == match.cells:
        return text("identify.nothing", cells=match.cells)
    if match.differing:
        return text("identify.nearest", reading=reading, **told)
    if others and is_mended(best):
        return text("identify.ties", count=others + 1, cells=match.cells)
    if is_mended(best):
        key = "read" if match.reading.changes else "changed"
        return text(f"identify.explained.{key}", reading=reading, **told)
    said = text("identify.explained", **told)
    if not others:
        return said
    number = "one" if others == 1 else "many"
    return text.join(said, text(f"identify.others.{number}", count=others))


def equal_to(form: Format | None, text: Text) -> str:
    """To how many digits an output is explained, where it is rounded to some."""
    return text(f"identify.format.{form.kind}", digits=form.digits) if form else ""


def settled_by(said: Explained, text: Text) -> str:
    """The box to pool next, where several things explain an output, to tell them apart."""
    if said.settling is None or not said.settling.is_same_map or len(exact(said.found)) < 2:
        return ""
    return text("identify.settle", box=", ".join(map(plain, said.settling.boxes[0].tolist())))


def one_row(said: Explained, text: Text) -> str:
    """That an output which nothing explains was given as one row, where it may be several."""
    high, wide = said.asked.output.shape[2:]
    if exact(said.found) or high > 1 or not any(wide % rows == 0 for rows in range(2, wide)):
        return ""
    return text("identify.one_row", count=wide)


def is_mended(finding: Finding) -> bool:
    """Whether it takes more than a convention that somebody ships and the boxes as given."""
    match = finding.first
    return bool(match.reading.changes or match.rule.changes)


def ties(found: list[Finding], text: Text) -> list[str]:
    """All that explains an output, where there are several and none is simply a convention."""
    several = exact(found)
    if len(several) < 2 or not is_mended(several[0]):
        return []
    return [
        text("identify.tie", reading=reading_words(one.first, text), who=who(one, text))
        for one in several
    ]


def quiet_names(found: list[Finding], text: Text) -> str:
    """The names of the conventions whose frameworks the headline tells."""
    best = found[0]
    told = not best.first.differing and not ties(found, text) and _frameworks(best, text)
    return text("identify.names", names=names(best, text)) if told else ""
