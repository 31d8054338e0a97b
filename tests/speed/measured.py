"""What might have been measured."""

from app.text import Text

ENGLISH = Text("en")
ABOUT = {
    "kind": "about",
    "date": "2026-01-02T03:04+00:00",
    "cpu": "<b>a CPU</b>",
    "cores": 2,
    "load": 0.1,
    "numpy": "2.0",
    "backend": "numpy",
    "picture": [512, 512],
    "crop": 128,
    "batch": 16,
    "counts": [1, 10, 100],
}


def spread(median):
    return {"rounds": 3, "median": median, "low": median, "high": median}


def point(proposals, each, shared):
    steps = {"shared": {"backbone": shared / 2, "pooling": shared / 4, "head": shared / 4}}
    sides = {"each": spread(each), "shared": spread(shared)}
    return {"kind": "sharing", "proposals": proposals, **sides, "steps": steps}


# Each doubles with the proposals, the shared map costs as much as 20 of them.
POINTS = [point(1, 0.01, 0.2), point(10, 0.1, 0.2), point(100, 1.0, 0.2)]
