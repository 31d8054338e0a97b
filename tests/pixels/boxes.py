"""The box in pixels that the tests begin with, and others."""

import json
from dataclasses import replace
from pathlib import Path

from app.exercise.presets import preset_exercise
from app.text import Text
from roipool import PRESETS

ROOT = Path(__file__).parents[2]
EN = Text("en")
START = preset_exercise("a-pixel-further")
IMAGE = (160, 192)
ROUNDING = [name for name, preset in PRESETS.items() if preset.rounding != "none"]


def boxed(*corners, **choices):
    return replace(START, boxes=((0.0, *map(float, corners)),), **choices)


def sent(app):
    return json.loads(app.get("bidi_component")[0].proto.json)["figure"]
