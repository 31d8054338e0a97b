"""What the columns of a table of boxes are, by their names or by what the numbers can be.

A way to read a table is the names of its columns, "class, cx, cy, w, h", with a "%" behind them
where the numbers are fractions of the map. The names are those of the code: x1, y1, x2, y2 are
corners, x, y, w, h a corner and the size, cx, cy, w, h the centre and the size.
"""

import numpy as np
from numpy.typing import NDArray

from app.files.shapes import check_finite

Table = NDArray[np.float64]

FIVE = "batch_index, x1, y1, x2, y2"
_FRACTIONS = "%"

# By their number, the columns that programs write, the likelier first.
_KNOWN = {
    4: ("x1, y1, x2, y2", "x, y, w, h", "cx, cy, w, h"),
    5: (
        "class, cx, cy, w, h",
        FIVE,
        "x1, y1, x2, y2, score",
        "x1, y1, x2, y2, batch_index",
        "x1, y1, x2, y2, class",
        "batch_index, x, y, w, h",
        "score, x1, y1, x2, y2",
    ),
    6: (
        "class, cx, cy, w, h, score",
        "x1, y1, x2, y2, score, class",
        "batch_index, x1, y1, x2, y2, score",
        "class, score, x1, y1, x2, y2",
        "batch_index, class, cx, cy, w, h",
        "batch_index, x1, y1, x2, y2, class",
    ),
    7: (
        "x1, y1, x2, y2, score, score, class",
        "batch_index, x1, y1, x2, y2, class, score",
        "batch_index, x1, y1, x2, y2, score, class",
        "batch_index, class, score, x1, y1, x2, y2",
    ),
}

# How columns are called that hold the same; in the order in which they are looked for.
_CALLED = {
    "x1": ("x1", "xmin", "left", "xtl", "bboxx1", "minx", "startx"),
    "y1": ("y1", "ymin", "top", "ytl", "bboxy1", "miny", "starty"),
    "x2": ("x2", "xmax", "right", "xbr", "bboxx2", "maxx", "endx"),
    "y2": ("y2", "ymax", "bottom", "ybr", "bboxy2", "maxy", "endy"),
    "cx": ("cx", "xcenter", "centerx", "xcentre", "centrex", "xc", "ctrx", "xmid"),
    "cy": ("cy", "ycenter", "centery", "ycentre", "centrey", "yc", "ctry", "ymid"),
    "w": ("w", "width", "bboxwidth", "bboxw", "boxwidth"),
    "h": ("h", "height", "bboxheight", "bboxh", "boxheight"),
    "x": ("x", "bboxx", "bbx", "left", "xmin", "x1"),
    "y": ("y", "bboxy", "bby", "top", "ymin", "y1"),
    "batch_index": ("batchindex", "batchidx", "batch", "batchid", "index", "idx", "b", "n"),
    "image": (
        "imageindex",
        "imageid",
        "image",
        "img",
        "imgid",
        "filename",
        "file",
        "path",
        "frame",
    ),
    "score": ("score", "confidence", "conf", "prob", "probability"),
    "class": ("class", "label", "category", "categoryid", "classid", "cls", "name", "labelname"),
}
GEOMETRIES = (("x1", "y1", "x2", "y2"), ("cx", "cy", "w", "h"), ("x", "y", "w", "h"))


def geometry(names: list[str]) -> tuple[str, str, str, str] | None:
    """Which of `GEOMETRIES` columns of these roles make, if any."""
    return next((four for four in GEOMETRIES if set(four) <= set(names)), None)


def roles(names: list[str]) -> list[str] | None:
    """What named columns hold, "" for what is not needed; None where they make no box.

    Examples
    --------
    >>> roles(["", "ImageID", "XMin", "XMax", "YMin", "YMax"])
    ['', 'image', 'x1', 'x2', 'y1', 'y2']
    """
    bare = ["".join(filter(str.isalnum, name.lower())) for name in names]
    for four in GEOMETRIES:
        found = {role: _where(role, bare) for role in (*four, "batch_index", "image", "score")}
        found["class"] = _where("class", bare)
        if all(found[role] is not None for role in four):
            # The picture's own width and height stand beside corners in some tables.
            held = [""] * len(names)
            for role, at in found.items():
                if at is not None and not held[at]:
                    held[at] = role
            return held
    return None


def _where(role: str, names: list[str]) -> int | None:
    return next((names.index(name) for name in _CALLED[role] if name in names), None)


def split(way: str) -> tuple[list[str], bool]:
    """The names of the columns of a way to read, and whether they hold fractions of the map."""
    return way.removesuffix(_FRACTIONS).split(", "), way.endswith(_FRACTIONS)


def in_fractions(numbers: Table) -> bool:
    """Whether numbers are fractions and not cells: none leaves the map, and some are not whole."""
    return _inside(numbers) and bool(np.any(numbers != numbers.round()))


def _inside(numbers: Table) -> bool:
    """Whether these lie between 0 and 1, but for a border and rounding."""
    return bool(np.all((numbers >= -0.01) & (numbers <= 1.01)))


def ways(table: Table, images: int, extent: tuple[float, float] | None) -> tuple[list[str], bool]:
    """The ways in which a table without names may be read, the likeliest first.

    The second says whether the first is likely enough to be taken without asking.

    Parameters
    ----------
    extent : (rows, columns) of the map in units of the boxes, if there is one
    """
    known = _KNOWN[table.shape[1]]
    fitting = [way for way in known if _fits(table, way, images)]
    if extent is not None:
        parts = [f"{way}%" for way in known if _fits(table, f"{way}%", images)]
        fitting = parts + fitting
    if table.shape[1] == 4:
        return fitting or list(known), False
    if table.shape[1] > 5:
        return fitting, bool(fitting) and ("score" in fitting[0] or _FRACTIONS in fitting[0])
    return _of_five(table, fitting, images, extent)


def _of_five(
    table: Table, fitting: list[str], images: int, extent: tuple[float, float] | None
) -> tuple[list[str], bool]:
    """Rows of five are what RoI pooling takes, unless they can hardly be."""
    indexed = _are_indices(table[:, 0], images)
    scored = "x1, y1, x2, y2, score" in fitting
    # Of what is ordered as it is, a size or a class can be read into any.
    ordered = FIVE in fitting
    parts = [way for way in fitting if way.endswith(_FRACTIONS)]
    rest = [way for way in fitting if way not in (FIVE, *parts)]
    if parts:
        likely = [way for way in ("class, cx, cy, w, h%", f"{FIVE}%") if way in parts]
        return [*(likely or parts), FIVE], True
    if ordered:
        wholes = bool(np.all(table[:, :4] == table[:, :4].round()))
        if scored and wholes:
            return [FIVE, *rest], True
        # A class or a percentage in the last column makes a box that leaves the map.
        inside = [way for way in rest if extent is not None and _is_inside(table, way, extent)]
        leaves = extent is not None and not _is_inside(table, FIVE, extent)
        return ([FIVE, *inside] if leaves else [FIVE]), True
    if scored:
        return ["x1, y1, x2, y2, score", FIVE], True
    if not indexed and rest == ["score, x1, y1, x2, y2"]:
        return [*rest, FIVE], True
    return [FIVE, *rest], indexed


def _fits(table: Table, way: str, images: int) -> bool:
    names, parts = split(way)
    columns = dict(zip(names, table.T, strict=True))
    four = geometry(names)
    if four is None:
        return False
    numbers = np.stack([columns[name] for name in four], axis=1)
    if parts and not in_fractions(numbers):
        return False
    corners = as_corners(numbers, four)
    if np.any(corners[:, 2:] < corners[:, :2]) or (parts and not _inside(corners)):
        return False
    # A centre is only known by the fractions of the map.
    if four[0] == "cx" and not parts and len(names) > 4:
        return False
    whole = {name: bool(np.all(column == column.round())) for name, column in columns.items()}
    if "batch_index" in columns and not _are_indices(columns["batch_index"], images):
        return False
    if "class" in columns and not (whole["class"] and bool(np.all(columns["class"] >= 0))):
        return False
    scores = table[:, [name == "score" for name in names]]
    if scores.size and bool(np.all(scores == scores.round())):
        return False
    return bool(np.all((scores >= 0) & (scores <= 1)))


def _is_inside(table: Table, way: str, extent: tuple[float, float]) -> bool:
    """Whether no box leaves the map, its columns read so."""
    names = split(way)[0]
    four = geometry(names)
    if four is None:
        return False
    corners = as_corners(table[:, [names.index(name) for name in four]], four)
    return bool(np.all(corners[:, 2:] <= np.array(extent[::-1])))


def _are_indices(column: Table, images: int) -> bool:
    return all(index in range(images) for index in column.tolist())


def as_corners(numbers: Table, four: tuple[str, ...]) -> Table:
    """Corners x1, y1, x2, y2 of rows of one of `GEOMETRIES`.

    Examples
    --------
    >>> as_corners(np.array([[0.5, 0.5, 1, 0.5]]), ("cx", "cy", "w", "h")).tolist()
    [[0.0, 0.25, 1.0, 0.75]]
    """
    check_finite(numbers)
    if four[0] == "x1":
        return numbers
    first, size = numbers[:, :2], numbers[:, 2:]
    start = first - size / 2 if four[0] == "cx" else first
    # What is larger than any float is refused as no finite number, later and with its place.
    with np.errstate(over="ignore"):
        return np.concatenate([start, start + size], axis=1)
