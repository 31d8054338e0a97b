"""What is wrong with data that was read, and where: the one error of this package."""

from app.exercise.edit import Problem
from app.files.ways import Ways

# Where a list, a row or a number stands: its index along each axis, from 0.
Place = tuple[int, ...]


class ReadError(ValueError):
    """Data of somebody's own that cannot be used.

    Attributes
    ----------
    problem : says why
    others : ways in which it might be read after all
    """

    def __init__(self, problem: Problem, others: Ways = ()) -> None:
        # What it is made of again where it comes from another process.
        super().__init__(problem, others)
        self.problem = problem
        self.others = others

    def __str__(self) -> str:
        return self.problem.key


def reject(key: str, **values: object) -> ReadError:
    """The error whose sentence stands under "problem." and the key."""
    return ReadError(Problem(key, values=tuple(values.items())))


def reject_number(key: str, place: Place, **values: object) -> ReadError:
    """The error about a number: a table's has a row and a column, a larger array's an index."""
    if len(place) == 2:
        return reject(f"paste.{key}", row=place[0], col=place[1], **values)
    return reject(f"file.{key}", place=str(list(place)), **values)


def reject_length(place: Place, rank: int, count: int, first: int) -> ReadError:
    """The error about a list that has not as many items as the first of its kind."""
    if rank == 2:
        return reject("paste.ragged", row=place[0], count=count, first=first)
    return reject("file.ragged", place=str(list(place)), count=count, first=first)
