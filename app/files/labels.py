"""Names of columns and rows beside the numbers of a table, as pandas and R write them."""

from app.files.doubts import Doubts
from app.files.lines import count, fields, is_number, separator

# Names of a column that numbers the rows.
# More are on no stage, and are refused by their number.
_MOST_COLUMNS = 200
_COUNTING = ("", "index", "row", "rownames", "unnamed: 0")


def unlabelled(lines: list[str], doubts: Doubts) -> list[str]:
    r"""The lines of a table without a first line of names and a first column of names.

    Names are words, or count from 0 or 1 where something else shows that they are no numbers of
    the table: an empty corner, a first line one shorter than all others, or a point in every row
    but the first.

    Examples
    --------
    >>> unlabelled([",0,1", "0,.5,.6", "1,.7,.8"], Doubts())
    ['.5,.6', '.7,.8']
    """
    if len(lines) < 2 or count(lines[0]) > _MOST_COLUMNS:
        return lines
    head, below = fields(lines[0]), lines[1:]
    width = count(below[0])
    named = _is_counted(head) or not any(map(is_number, head))
    if len(below) > 1 and len(head) == width > 1 and _is_corner(head[0]) and all(head[1:]):
        # The corner of pandas' to_csv and R's write.csv.
        if _is_names(head[1:]) and (head[0] == "" or _is_counted(_firsts(below))):
            doubts.say("labels.both")
            return _without_first(below)
    elif len(below) > 1 and named and len(head) == width - 1 and _is_names(_firsts(below)):
        if all(count(line) == width for line in below):
            doubts.say("labels.both")
            return _without_first(below)
    elif len(below) > 1 and len(head) == width and not any(map(is_number, head)):
        if all(head) and all(map(is_number, fields(below[0])[1:])):
            return _named(head, below, doubts)
    elif len(below) > 1 and _is_counted(head) and _are_fractions(below):
        if doubts.settle("labels", ["columns", "none"]) == "columns":
            doubts.say("labels.columns")
            return below
        doubts.say("labels.none")
    return _unnamed(lines, doubts)


def _named(head: list[str], below: list[str], doubts: Doubts) -> list[str]:
    firsts = _firsts(below)
    counts = _is_corner(head[0]) and _is_counted(firsts)
    if counts or not any(map(is_number, firsts)):
        doubts.say("labels.both")
        return _without_first(below)
    doubts.say("labels.columns")
    return below


def _unnamed(lines: list[str], doubts: Doubts) -> list[str]:
    """Without a first column of words."""
    first, *others = fields(lines[0])
    words = len(others) > 1 and bool(first) and not any(map(is_number, _firsts(lines)))
    if words and all(map(is_number, others)):
        doubts.say("labels.rows")
        return _without_first(lines)
    return lines


def _is_corner(name: str) -> bool:
    """Whether a first column of that name numbers the rows, and is none of the table."""
    return name.lower() in _COUNTING


def _is_names(names: list[str]) -> bool:
    """Whether these are words without exception, or count."""
    return not any(map(is_number, names)) or _is_counted(names)


def _is_counted(names: list[str]) -> bool:
    """Whether these count from 0 or from 1."""
    return len(names) > 1 and any(
        names == [str(i) for i in range(start, start + len(names))] for start in (0, 1)
    )


def _are_fractions(lines: list[str]) -> bool:
    return all("." in line for line in lines)


def _firsts(lines: list[str]) -> list[str]:
    return [(line.split(separator(line), 1) or [""])[0].strip(" \"'") for line in lines]


def _without_first(lines: list[str]) -> list[str]:
    return [_rest(line) for line in lines]


def _rest(line: str) -> str:
    sign = separator(line)
    return (line.lstrip() if sign is None else line).split(sign, 1)[-1]
