"""What `roipool.identify` has found, in words: who made an output, and what to change. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from app.choices import token_of
from app.compared import frameworks, listed
from app.text import Text
from roipool import Match

# Changes whose amount is a scale, and not a way along the map.
_SCALES = ("scale_forgotten", "scale_inverted", "scale_missing")


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


def findings(matches: Iterable[Match]) -> list[Finding]:
    """Matches, the best first, those that say the same of the same cells as one."""
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


def rule_words(match: Match, text: Text) -> str:
    """How a match computes: a preset's name, with what is otherwise than there."""
    rule = match.rule
    if rule.operation == "align":
        return text("identify.rule.align", **dict(rule.choices))
    if rule.operation == "average":
        return text("identify.rule.average", name=rule.name)
    if not rule.choices or rule.convention is None:
        return rule.name
    ((field, _),) = rule.choices
    choice = f"conventions.choice.{field}"
    value = text(f"{choice}.{token_of(rule.convention, field)}")
    return text("identify.rule.changed", name=rule.name, choice=text(choice), value=value)


def names(finding: Finding, text: Text) -> str:
    """All the ways of computing of a finding."""
    return listed([rule_words(match, text) for match in finding.matches], text)


def used_by(finding: Finding, text: Text) -> str:
    """The frameworks that compute so."""
    found = [
        name
        for match in finding.matches
        if match.convention is not None and match.rule.operation == "max"
        for name in frameworks(match.convention, text)
    ]
    return text("conventions.comma").join(found)


def reading_words(match: Match, text: Text) -> str:
    """How a match reads the boxes."""
    return text("conventions.comma").join(
        text(f"identify.reading.{change.key}", amount=_amount(change.key, change.amount))
        for change in match.reading.changes
    ) or text("identify.reading.as_given")


def headline(finding: Finding, text: Text) -> str:
    """Whether all of an output is explained, and by what."""
    match = finding.first
    told = {"names": names(finding, text), "cells": match.cells, "count": match.differing}
    if match.differing:
        return text("identify.nearest", **told)
    if match.reading.changes:
        return text("identify.explained.read", reading=reading_words(match, text), **told)
    return text("identify.explained", **told)


def advice(finding: Finding, text: Text) -> list[str]:
    """What to change in the code that made an output, as Markdown."""
    match = finding.first
    said = [
        text(f"identify.advice.{change.key}", amount=_amount(change.key, change.amount))
        for change in match.reading.changes
    ]
    if match.rule.operation != "max":
        said.append(text(f"identify.advice.{match.rule.operation}"))
    elif match.rule.choices:
        said.append(text("identify.advice.changed"))
    elif not said:
        said.append(text("identify.advice.as_given", name=match.rule.name))
    return said


def _amount(key: str, amount: float | None) -> str:
    """An amount as a person writes it: +1, −0.5, a scale as 1/16."""
    if amount is None:
        return ""
    if key in _SCALES:
        return str(Fraction(amount).limit_denominator(1000))
    return f"{amount:+g}".replace("-", "−")
