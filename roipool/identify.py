"""Which convention made this output?

Somebody ports a detector, and a row of the pooled output differs. There are few suspects: the
conventions under which frameworks pool, and the few ways of misreading boxes on the way to one. So
each is tried on the same map and boxes, and what makes the same output is the answer.
`roipool.search` says in which order.
"""

from typing import Any

from roipool.effort import as_budget
from roipool.given import read_question
from roipool.matches import Match, Matches
from roipool.readings import Reading
from roipool.rules import Rule
from roipool.search import Counted, search
from roipool.target import Target


def identify(
    input: Any,
    boxes: Any,
    output: Any,
    spatial_scale: float = 1.0,
    *,
    tolerance: float | None = None,
    budget: float | None = None,
) -> Matches:
    """Find the conventions, and the readings of the boxes, that make a given output.

    Parameters
    ----------
    input : array_like (B, C, H, W)
        The feature maps that were pooled.
    boxes : array_like (N, 5), a list of B arrays (L, 4), or (N, 4)
        As for `roi_pool`; and (N, 4) without batch indices, which is then part of every reading.
        Several rows whose first column is no batch index are read otherwise before they are
        refused: as x1, y1, x2, y2, index, say.
    output : array_like (N, C, PH, PW)
        What somebody's RoI pooling made of them. Its channels, and those of `input`, may stand last
        where the shapes say so.
    spatial_scale : float
        Cells per unit of the boxes, as it was meant to be.
    tolerance : float, optional
        How far apart equal values may be. None: they are the same float, in the dtype of `input`
        or of `output`, whichever holds less; but an output that is rounded, to up to 8 decimals,
        to 3 to 9 significant digits, to float16 or bfloat16, and is not all cells of `input`, need
        only be the same to its last digit: see `Matches.format`. Averages are the same within 1e-4.
    budget : float, optional
        Seconds that trying may take on one core, as they are estimated from the sizes of what is
        given; the presets with the boxes as given are counted in any case. None: there is no limit.
        The simplest explanations are tried first, and most are ruled out on a few boxes: it takes
        an output that many of them make, or boxes far larger than the map, to need minutes.

    Returns
    -------
    Matches, a list of Match
        Best first: by cells that differ, then by how little had to be changed, then the more
        usual: boxes as given, swapped or with ends by one, and `fast_rcnn`, as most frameworks.
        Every preset is there with the boxes as given, if they can be pooled so. Others are there if
        they make every cell; where nothing does, the nearest of them, if they leave no more than
        half of the cells that differ. All that have the first's rank explain the output equally
        well: `Matches.settle` proposes a box that tells them apart. Its `undecided` says how many
        explanations the budget did not suffice for.

    Raises
    ------
    RoIPoolError
        Input or boxes that cannot be pooled; an output that is not four-dimensional, is empty or
        does not fit them; a tolerance or a budget that is negative.

    Examples
    --------
    The code that the article links does not make the article's figure.

    >>> from roipool import article, identify
    >>> matches = identify(article.FEATURE_MAP, article.BOXES, [[[[0.85, 0.96], [0.97, 0.91]]]])
    >>> [match.name for match in matches if match.rank == 1]
    ['fast_rcnn', 'deepsense', 'paddle_gpu', 'mmcv', 'chainer_roi_pooling_2d']
    >>> matches[0].differing, matches[0].reading.key
    (0, 'as_given')

    What somebody makes of the figure who takes the first numbers of a box for rows:

    >>> swapped = identify(article.FEATURE_MAP, [[0, 3, 0, 8, 7]], article.OUTPUT)[0]
    >>> swapped.name, swapped.reading.key, swapped.differing
    ('article', 'swapped_xy', 0)
    """
    asked = read_question(input, boxes, output, spatial_scale, tolerance)
    found, undecided = search(asked, as_budget(budget))
    if asked.refusal is not None and not found:
        raise asked.refusal
    ranked = _ranked(asked.target, found, float(spatial_scale))
    exact = ranked[0].differing == 0
    matches = Matches(ranked, undecided, asked.target.form if exact else None)
    matches.given = asked.table
    return matches


def _ranked(target: Target, found: list[Counted], scale: float) -> list[Match]:
    """Matches by cells that differ, then by what was changed: a reading sooner than a rule."""

    def merit(item: Counted) -> tuple[int, int, int]:
        (rule, reading), count = item
        changes = 0 if rule.takes(reading) else len(reading.changes)
        return count, rule.changes + changes, _strangeness(rule, reading)

    def order(item: Counted) -> tuple[object, ...]:
        (rule, reading), _ = item
        plain = reading.is_plain or rule.takes(reading)
        known = rule.takes(reading) or "torchvision" in rule.frameworks
        return *merit(item), not plain, not known, len(reading.changes)

    merits = sorted({merit(item) for item in found})
    return [
        Match(merits.index(merit(item)) + 1, *item[0], item[1], target.output.size, target, scale)
        for item in sorted(found, key=order)
    ]


def _strangeness(rule: Rule, reading: Reading) -> int:
    """Of what takes as many changes, which is the likelier: a misread box, then a changed rule."""
    if rule.is_usual:
        return 0  # hardly a change: whoever writes int(x / 16) does it
    return 2 if rule.changes else int(reading.is_half_a_cell)
