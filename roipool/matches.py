"""What `roipool.identify` finds: explanations of an output, and what each makes of other inputs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bins import as_output_size, as_scale
from roipool.boxes import as_boxes
from roipool.changes import applied
from roipool.conventions import Convention
from roipool.formats import Format
from roipool.given import read_any_boxes, read_maps
from roipool.readings import Reading
from roipool.rules import Rule
from roipool.settling import Settling, settling
from roipool.target import Target

# Of explanations that make one output there may be dozens, most of them near relations.
_MOST_SETTLED = 12


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """One explanation of an output, and how well it does.

    Attributes
    ----------
    rank : int
        From 1, the best. Explanations of equal rank do equally well and are equally simple; among
        them those that are more usual stand first. One of a higher rank can make the whole output
        too, with more changed on the way: how many do is how many have `differing` of 0.
    rule : Rule
        The way of computing: `rule.operation` over the bins of `rule.convention`.
    reading : Reading
        What had to be read otherwise than given: `reading.key` is "as_given" where nothing had to.
    differing, cells : int
        How many of the output's cells it does not make, and of how many.
    """

    rank: int
    rule: Rule
    reading: Reading
    differing: int
    cells: int
    _target: Target = field(repr=False)
    _scale: float = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the rule, a preset's for those with one choice changed too."""
        return self.rule.name

    @property
    def convention(self) -> Convention | None:
        """Whose bins were pooled; RoIAlign has none."""
        return self.rule.convention

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Other names of the same rule in `roipool.ALIASES`."""
        return self.rule.frameworks

    @property
    def where(self) -> NDArray[np.bool_]:
        """(N, C, PH, PW) bool, as the output given: its cells that this does not make."""
        if not self.differing:
            return np.zeros(self._target.output.shape, bool)
        return self._target.differs(self.rule, self.reading)

    def pool(
        self,
        input: Any,
        boxes: Any,
        output_size: int | tuple[int, int],
        spatial_scale: float = 1.0,
    ) -> NDArray[Any]:
        """The output that this explanation makes of other inputs.

        Parameters
        ----------
        input : array_like (B, C, H, W)
            Feature maps, laid out as those given to `identify` were.
        boxes : array_like
            Boxes in the form of those given to `identify`, and misread as they were.
        output_size : int or (PH, PW)
            Bins along the output's own axes.
        spatial_scale : float
            Cells per unit of the boxes, as it is meant to be.

        Returns
        -------
        array laid out as the output given to `identify` was, in the dtype of `input`
            Of float16 in float32; and in full, for a number format is no part of the rule.

        Raises
        ------
        RoIPoolError
            What cannot be pooled so.

        Examples
        --------
        >>> from roipool import article, identify
        >>> swapped = identify(article.FEATURE_MAP, [[0, 3, 0, 8, 7]], article.OUTPUT)[0]
        >>> swapped.pool(article.FEATURE_MAP, [[0, 2, 1, 7, 8]], (1, 2)).tolist()
        [[[[0.86, 0.96]]]]
        """
        maps, size = read_maps(input), as_output_size(output_size)
        given, _ = read_any_boxes(maps, boxes, spatial_scale)
        changes = (
            change.at(self._scale, given.spatial_scale)
            for change in self.reading.changes
            if change.key != "no_batch_index"
        )
        reading = applied(given, tuple(changes))
        as_scale(reading.spatial_scale)
        as_boxes(reading.boxes, reading.images)
        size = size[::-1] if reading.transposed else size
        return reading.returned(self.rule.pool(reading.seen(maps), reading, size))

    def settle_with(self, others: Iterable["Match"], table: NDArray[np.float64]) -> Settling | None:
        """A box, moved from one of a table in the form given, on which this and others differ."""
        target = self._target
        last = {"index_last", "class_last"} & {change.key for change in self.reading.changes}
        numbers = slice(0, 4) if last or table.shape[1] == 4 else slice(1, 5)
        size = self.reading.returned_size(target.output)
        pools = [self.pool, *(other.pool for other in others)]
        return settling(pools, target.maps, table, numbers, self._scale, size)


class Matches(list[Match]):
    """What `identify` found, the best first, and whether it tried all that it knows.

    Attributes
    ----------
    undecided : int
        How many explanations were neither ruled out nor confirmed, for lack of budget: 0 where
        everything was tried.
    given : (N, 4) or (N, 5) float64, or None
        The boxes as they were given.
    format : Format or None
        To how many digits the output is explained, as it is rounded to them; None where it is
        compared in full, or not explained.
    """

    def __init__(
        self, found: Iterable[Match] = (), undecided: int = 0, format: Format | None = None
    ) -> None:
        super().__init__(found)
        self.undecided = undecided
        self.format = format
        self.given: NDArray[np.float64] | None = None

    @property
    def makers(self) -> list[Match]:
        """Those that make all of the output: as long as there are several, none is certain."""
        return [match for match in self if not match.differing]

    def settle(self) -> Settling | None:
        """A map and a box that tell those apart which make all of the output.

        Returns
        -------
        Settling or None
            The box of some tried on which most differ; None where none was found, as for two names
            of one rule, or where there are none to tell apart.

        Examples
        --------
        >>> from roipool import article, identify
        >>> matches = identify(article.FEATURE_MAP, article.BOXES, article.OUTPUT)
        >>> len(matches.makers)
        7
        >>> settling = matches.settle()
        >>> settling.is_same_map, settling.outputs > 1
        (True, True)
        """
        makers = self.makers
        if len(makers) < 2 or self.given is None:
            return None
        return makers[0].settle_with(makers[1:_MOST_SETTLED], self.given)
