"""What the detector's figure is sent: all boxes, scores and edges at once, as plain JSON.

Arrays travel as their bytes in base64, so that the browser looks up what a click needs by itself.
"""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.detector.seen import LEAST_SHOWN, Seen
from app.detector.sources import OPENING
from app.exercise.limits import MAX_BINS
from app.exercise.maps import Maps
from app.exercise.received import part
from app.exercise.record import Exercise
from app.fast_rcnn.layers import CONVENTION
from app.fast_rcnn.network import SECTIONS, SPATIAL_SCALE, STRIDE
from app.fast_rcnn.pictures import CLASSES
from app.text import Text
from roipool import bin_edges, get_convention

# Each is a step of the figure's story, with the ms that it is shown when it plays.
SCENES = {
    "image": 1600,
    "features": 2200,
    "proposals": 2600,
    "pooling": 3000,
    "scores": 2600,
    "detections": 2600,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader looks at: a proposal and a channel, None where it is left to the page.

    Attributes
    ----------
    sections : along each side of the pooled map
    """

    proposal: int | None = None
    channel: int | None = None
    sections: int = SECTIONS


def as_look(asked: object, seen: Seen) -> Look | None:
    """What the browser says is looked at, if there is such a thing."""
    limits = {
        "proposal": range(len(seen.proposals)),
        "channel": range(seen.detections.features.shape[1]),
        "sections": range(1, 1 + MAX_BINS),
    }
    values = {name: part(asked, name) for name in limits}
    # Python's True is 1, and its 1.0 too.
    known = all(type(values[name]) is int and values[name] in limits[name] for name in limits)
    return Look(**values) if known else None


def exercise_of(seen: Seen, look: Look) -> Exercise:
    """The pooling of a proposal, for the playground: all channels, the box in pixels."""
    assert look.proposal is not None
    box = seen.proposals[look.proposal].tolist()
    return Exercise(
        maps=Maps(seen.detections.features),
        boxes=((0.0, *box),),
        output_size=(look.sections, look.sections),
        convention=CONVENTION,
        spatial_scale=SPATIAL_SCALE,
        channel=look.channel or 0,
    )


def payload(figure: dict[str, Any], look: Look, text: Text) -> dict[str, Any]:
    """Everything that is drawn and said: the `figure` in a language, and what is looked at."""
    strings = {f"detector.{key}": string for key, string in text.section("detector").items()}
    stage = text.section("stage")
    player = {key: stage[key] for key in ("play", "pause", "prev", "next", "scrub", "speed")}
    return figure | {
        "language": text.language,
        "text": strings | player | text.looks() | {"join": text("join")},
        "classes": [text(f"detector.class.{name}") for name in ("background", *CLASSES)],
        "look": {
            "proposal": figure["start"]["proposal"] if look.proposal is None else look.proposal,
            "channel": figure["start"]["channel"] if look.channel is None else look.channel,
            "sections": look.sections,
        },
    }


def figure(seen: Seen) -> dict[str, Any]:
    """What there is to see of a picture, in no language."""
    detections, source = seen.detections, seen.source
    channels, rows, cols = detections.features.shape[1:]
    known = source.objects is not None
    classes = detections.probabilities[:, 1:].argmax(axis=1)
    return {
        "id": f"{source.name} {seen.network}",
        "name": source.name,
        "opening": OPENING,
        "known": known,
        "image": _image(seen),
        "size": _sizes(seen),
        "stride": STRIDE,
        "channels": channels,
        "rows": rows,
        "cols": cols,
        "scored": SECTIONS,
        "mostSections": MAX_BINS,
        "rule": {"emptyValue": float(get_convention(CONVENTION).empty_value)},
        "features": _packed(detections.features, np.float32),
        "proposals": {
            "count": len(seen.proposals),
            "boxes": _packed(seen.proposals, np.float32),
            "probabilities": _packed(detections.probabilities, np.float32),
            "refined": _packed(detections.refined[np.arange(len(classes)), classes], np.float32),
            "order": _packed(_order(seen), np.uint16),
        },
        "edges": _edges(seen),
        "detections": _detections(seen),
        "objects": _objects(seen),
        "leastShown": LEAST_SHOWN,
        "pair": _pair(seen),
        "seconds": seen.seconds,
        "scenes": _scenes(seen),
        "start": _start(seen),
    }


def _scenes(seen: Seen) -> list[dict[str, Any]]:
    """The stages that this picture reaches."""
    kinds = list(SCENES)
    if not len(seen.proposals):
        kinds = kinds[: kinds.index("pooling")]
    elif seen.source.objects is None:
        # Boxes with names on a photograph would be taken for what is there.
        kinds.remove("detections")
    return [{"kind": kind, "hold": SCENES[kind], "stop": True} for kind in kinds]


def _start(seen: Seen) -> dict[str, Any]:
    """What is looked at until somebody chooses: the surest proposal, its liveliest channel."""
    count = len(seen.proposals)
    first = int(_order(seen)[0 if seen.source.objects is not None else count // 4]) if count else 0
    features = seen.detections.features[0]
    if count:
        x1, y1, x2, y2 = (seen.proposals[first] * SPATIAL_SCALE).astype(int)
        features = features[:, y1 : y2 + 1, x1 : x2 + 1]
    # Neither one that is the same all over nor one with a single bright cell.
    lively = features.std(axis=(1, 2)) * features.mean(axis=(1, 2))
    return {"proposal": first, "channel": int(lively.argmax())}


def _order(seen: Seen) -> NDArray[np.intp]:
    """Proposals in the order in which they are gone through.

    The surest to show an object come first; where scores mean nothing, the largest.
    """
    if seen.source.objects is None:
        return np.arange(len(seen.proposals))
    return np.argsort(seen.detections.probabilities[:, 0], kind="stable")


def _sizes(seen: Seen) -> dict[str, list[int]]:
    """(width, height) of the picture as it came, as it was searched, and for the network."""
    sizes = (seen.source.size, seen.source.pixels.shape[:2], seen.size)
    names = ("own", "searched", "detected")
    return {name: [cols, rows] for name, (rows, cols) in zip(names, sizes, strict=True)}


def _image(seen: Seen) -> str:
    stream = BytesIO()
    kind = "PNG" if seen.source.objects is not None else "JPEG"
    Image.fromarray(seen.source.pixels).save(stream, kind, quality=88)
    return f"data:image/{kind.lower()};base64,{b64encode(stream.getvalue()).decode()}"


def _edges(seen: Seen) -> dict[str, dict[str, str]]:
    """The bins of all proposals for every number of sections, along each axis.

    Many proposals share their cells, so each row of a table comes once, and `index` says which is
    whose: first and stop of the cells, then for 1, 2, … sections the starts and the stops.
    """
    size = seen.detections.features.shape[2:]
    boxes = np.insert(seen.proposals, 0, 0, axis=1)
    cut = [
        bin_edges(boxes, sections, size, SPATIAL_SCALE, CONVENTION)
        for sections in range(1, 1 + MAX_BINS)
    ]
    whole = cut[0]
    rows = [whole.rows, *(part for bins in cut for part in (bins.y0, bins.y1))]
    cols = [whole.cols, *(part for bins in cut for part in (bins.x0, bins.x1))]
    return {"rows": _table(rows), "cols": _table(cols)}


def _table(parts: list[NDArray[np.int32]]) -> dict[str, str]:
    table, index = np.unique(np.concatenate(parts, axis=1), axis=0, return_inverse=True)
    return {"table": _packed(table, np.uint8), "index": _packed(index, np.uint16)}


def _detections(seen: Seen) -> list[dict[str, Any]]:
    found = seen.detections
    return [
        {
            "box": found.boxes[n].tolist(),
            "label": int(found.labels[n]),
            "score": float(found.scores[n]),
            "proposal": int(found.sources[n]),
            "object": int(match),
        }
        for n, match in zip(seen.shown, seen.matches, strict=True)
    ]


def _objects(seen: Seen) -> list[dict[str, Any]]:
    return [
        {"box": box.tolist(), "label": label, "found": n in seen.matches, "covered": covered}
        for n, (box, label, covered) in enumerate(
            zip(seen.objects, seen.labels, seen.covered, strict=True)
        )
    ]


def _pair(seen: Seen) -> list[int]:
    """Two proposals whose sizes are as different as there are: by cells, the most and the least."""
    if len(seen.proposals) < 2:
        return []
    sides = seen.proposals[:, 2:] - seen.proposals[:, :2]
    pixels = sides[:, 0] * sides[:, 1]
    return [int(pixels.argmax()), int(pixels.argmin())]


def _packed(array: NDArray[Any], dtype: type[np.generic]) -> str:
    """The bytes of an array, little-endian and in C's order, as base64."""
    kind = np.dtype(dtype).newbyteorder("<")
    return b64encode(np.ascontiguousarray(array, kind).tobytes()).decode()
