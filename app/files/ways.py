"""Ways to read what may be read in several, as people choose among them."""

from dataclasses import dataclass

from app.text import Text


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read what may be read in several.

    Attributes
    ----------
    kind : what is in doubt: "axes", "comma", "columns", ...
    name : the way itself; of a member of a file or of columns it is their own name
    """

    kind: str
    name: str

    def sentence(self, text: Text) -> str:
        """What a button says that reads it so."""
        if self.kind == "member":
            return text("read.as.member", name=self.name[:40])
        if self.kind == "columns":
            key = "read.as.columns"
            if self.name.endswith("%"):
                key += ".fractions"
            return text(key, columns=self.name.removesuffix("%"))
        return text(f"read.as.{self.kind}.{self.name}")


Ways = tuple[Way, ...]


def taking(ways: Ways, way: Way) -> Ways:
    """The ways with another one taken where it replaces one of its kind.

    Examples
    --------
    >>> taking((Way("axes", "chw"),), Way("axes", "hwc"))
    (Way(kind='axes', name='hwc'),)
    """
    return (*(one for one in ways if one.kind != way.kind), way)
