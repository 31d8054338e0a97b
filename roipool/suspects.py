"""Suspects that are no preset: RoIAlign, crops that were resized, two choices changed at once."""

from dataclasses import replace
from typing import Any

from roipool.crops import RESIZES, How
from roipool.rules import Rule, floored, maximum, neighbours, ports, presets, variations


def floored_neighbours() -> list[Rule]:
    """Presets whose corners are cut off, with one choice more changed."""
    known = [rule.convention for rule in (*presets(), *neighbours(), *ports())]
    seen = {replace(convention, name="") for convention in known if convention is not None}
    rules = []
    for floor in floored():
        if floor.convention is None:
            continue
        for choice, convention in variations(floor.convention):
            nameless = replace(convention, name="")
            if choice[0] != "rounding" and nameless not in seen:
                seen.add(nameless)
                rules.append(maximum(convention, *floor.choices, choice))
    return rules


def aligns() -> list[Rule]:
    """RoIAlign, aligned or not, with a grid that adapts and with up to eight samples each way."""
    return [_align(aligned, ratio) for aligned in (True, False) for ratio in range(9)]


def finer_aligns() -> list[Rule]:
    """RoIAlign with more samples than anybody should need."""
    return [_align(aligned, ratio) for aligned in (True, False) for ratio in range(9, 33)]


def largest_aligns() -> list[Rule]:
    """RoIAlign that keeps the largest of the samples of a bin, or ONNX Runtime's idea of that."""
    return [
        _align(aligned, ratio, ("mode", mode))
        for mode in ("max", "onnx_max")
        for aligned in (True, False)
        for ratio in range(9)
    ]


def usual_aligns() -> list[Rule]:
    """RoIAlign as it is called mostly: with a grid that adapts, or with two samples each way."""
    return [_align(aligned, ratio) for aligned in (True, False) for ratio in (0, 2)]


def resizes() -> list[Rule]:
    """Crop and resize, and of every 2 x 2 samples the largest, as TensorFlow's ports do."""
    return [
        _resize(pooled, nearest)
        for pooled, nearest in ((2, False), (1, False), (2, True), (1, True))
    ]


def crops() -> list[Rule]:
    """The whole cells of a box, resized."""
    return [
        _crop(how, rounded, last)
        for rounded in ("floor", "half_away")
        for last in (0, 1)
        for how in RESIZES
    ]


def _align(aligned: bool, ratio: int, *others: tuple[str, Any]) -> Rule:
    choices = (("aligned", aligned), ("sampling_ratio", ratio), *others)
    return Rule("roi_align", "align", None, choices, exact=False)


def _resize(pooled: int, nearest: bool) -> Rule:
    choices = (("pooled", pooled), ("nearest", nearest))
    return Rule("crop_and_resize", "resize", None, choices, exact=nearest)


def _crop(how: How, rounded: str, last: int) -> Rule:
    choices = (("how", how), ("rounded", rounded), ("last", last))
    return Rule("resized_crop", "crop", None, choices, 1, exact=how.startswith("nearest"))
