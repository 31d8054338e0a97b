"""The front end of a widget without a page: it says what the stage in a browser would say."""

import numpy as np

from app.exercise.coordinates import coordinates
from roipool import article, get_convention, roi_pool_with_argmax, show


class Front:
    """Somebody's hand on a widget.

    Attributes
    ----------
    sent : what the widget sends to the stage, as it is now
    """

    def __init__(self, widget):
        self._widget, self._times = widget, 0

    @property
    def sent(self):
        return self._widget._data

    def say(self, **change):
        """One change, as common/exercise.js notes it and common/post.js sends it."""
        seq = self.sent["ack"] + 1
        self._times += 1
        told = {"session": self.sent["session"], "changes": [{"seq": seq, **change}]}
        self._widget._edit = told | {"times": self._times}

    def drag(self, rows, cols, box=0):
        """The box on these whole cells: its numbers are looked up, as in common/bins.js."""
        down, across = self.sent["coordinates"]["rows"], self.sent["coordinates"]["cols"]
        boxes = [one["numbers"] for one in self.sent["boxes"]]
        boxes[box] = [
            boxes[box][0],
            across["firsts"][cols[0]],
            down["firsts"][rows[0]],
            across["lasts"][cols[1]],
            down["lasts"][rows[1]],
        ]
        self.say(boxes=boxes, selected=box)

    def step(self, at):
        """The reader at this step of the story."""
        self._widget._at = at


def numbers_of(rows, cols, size, convention, scale):
    """The box on these cells, [x1, y1, x2, y2], by the app's own way back from cells."""
    rule = get_convention(convention)
    down, across = (coordinates(side, rule, scale) for side in size)
    return [
        across.firsts[cols[0]],
        down.firsts[rows[0]],
        across.lasts[cols[1]],
        down.lasts[rows[1]],
    ]


def shown(convention="article", dtype=np.float64, **options):
    """The article's example in a notebook."""
    maps = article.FEATURE_MAP.astype(dtype)
    return show(maps, article.BOXES, 2, convention=convention, **options)


def agrees(widget):
    """Whether what it holds is, bit for bit, what the library makes of what it was given."""
    output, argmax = roi_pool_with_argmax(
        widget.input,
        widget.boxes,
        widget.output_size,
        widget.spatial_scale,
        convention=widget.convention,
    )
    same = np.array_equal(widget.output, output) and np.array_equal(widget.argmax, argmax)
    return same and widget.output.dtype == widget.input.dtype
