"""Colours: what the exports, whose viridis is matplotlib's, make of a value."""

from typing import Any

import numpy as np

from app.exports.colour import fills, inks, span


def cases() -> list[dict[str, Any]]:
    """Of some planes: each value's colour, and black or white on it."""
    random = np.random.default_rng(5)
    planes = [
        random.normal(size=400),
        random.random(256).round(2),
        np.full(3, 0.25),
        np.array([-1e308, 0.0, 1e308]),
        np.array([-3.0, -2.0, 5e-324]),
        # One loud value, or one at either end.
        np.append(random.random(63).round(2), 999.0),
        np.concatenate([[-1e9], random.random(62), [1e9]]),
    ]
    return [_case(plane) for plane in planes]


def _case(plane: Any) -> dict[str, Any]:
    colours = np.rint(fills(plane, plane)[:, :3] * 255)
    low, high = span(plane)
    return {
        "cells": plane.tolist(),
        "range": {
            "low": low,
            "high": high,
            "under": bool(plane.min() < low),
            "over": bool(plane.max() > high),
        },
        "colours": colours.astype(int).tolist(),
        "inks": inks(colours / 255).tolist(),
    }
