"""What can be read in several ways: which way was taken, how to say so, and which are left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.files.problems import ReadError
from app.files.ways import Way, Ways
from app.text import Text

Value = TypeVar("Value")

# More buttons than these nobody reads.
_MOST_OTHERS = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence on how something was read; its words stand under "read." and the key."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def sentence(self, text: Text) -> str:
        """The sentence in words."""
        return text(f"read.{self.key}", **dict(self.values))


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What was read, how, and what else it may be.

    Attributes
    ----------
    value : the maps or boxes
    how : a sentence for all that had to be interpreted; none where nothing had to be
    others : ways in which it can also be read
    """

    value: Value
    how: tuple[Said, ...] = ()
    others: Ways = ()


class Doubts:
    """What is in doubt while something is read: the ways a person chose settle it, or the first.

    Examples
    --------
    >>> doubts = Doubts((Way("axes", "hwc"),))
    >>> doubts.settle("axes", ["chw", "hwc"])
    'hwc'
    >>> doubts.reading(3).others
    (Way(kind='axes', name='chw'),)
    """

    def __init__(self, ways: Ways = ()) -> None:
        self._chosen = {way.kind: way.name for way in ways}
        self._how: list[Said] = []
        self._others: list[Way] = []

    def chosen(self, kind: str, names: Collection[str]) -> str | None:
        """The way that a person chose of these, if any."""
        name = self._chosen.get(kind)
        return name if name in names else None

    def settle(self, kind: str, names: list[str]) -> str:
        """The way that is taken: the chosen one, or else the first. The others are kept."""
        taken = self.chosen(kind, names) or names[0]
        self.offer(kind, (name for name in names if name != taken))
        return taken

    def offer(self, kind: str, names: Iterable[str]) -> None:
        """Ways that a person may choose instead."""
        for name in names:
            way = Way(kind, name)
            if way not in self._others and len(self._others) < _MOST_OTHERS:
                self._others.append(way)

    def say(self, key: str, **values: object) -> None:
        """Keep a sentence on how it is read."""
        said = Said(key, tuple(values.items()))
        if said not in self._how:
            self._how.append(said)

    def reading(self, value: Value) -> Reading[Value]:
        """The value with all that was said and kept."""
        return Reading(value, tuple(self._how), tuple(self._others))

    def refusal(self, error: ReadError) -> ReadError:
        """The error with the ways in which it might be read after all."""
        return ReadError(error.problem, tuple(self._others))
