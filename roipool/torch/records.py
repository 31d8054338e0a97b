"""A Convention as a string and back: an operator's arguments are tensors, numbers and strings."""

from ast import literal_eval
from dataclasses import fields
from functools import lru_cache
from typing import Any

from roipool.conventions import Convention, get_convention
from roipool.torch.graphs import in_graph

_CHOICES = tuple(field.name for field in fields(Convention))
_RECORD = "Convention\n"
_NO_LITERALS = ("inf", "-inf", "nan")


def encoded(convention: Any) -> str:
    """The name as it was given, or every choice of a record.

    A compiler follows each of these steps, and so compiles anew for another record.

    Raises
    ------
    RoIPoolError
        For what is neither a name that is known nor a record. Where a graph is made the operator
        says it.

    Examples
    --------
    >>> encoded("torchvision")
    'torchvision'
    >>> from roipool import get_convention
    >>> decoded(encoded(get_convention("mmcv"))) == get_convention("mmcv")
    True
    """
    if isinstance(convention, Convention):
        choices = [getattr(convention, name) for name in _CHOICES]
        plain = [choice.item() if hasattr(choice, "item") else choice for choice in choices]
        return _RECORD + "\n".join([repr(choice) for choice in plain])
    if not (in_graph() and isinstance(convention, str)):
        get_convention(convention)
    return str(convention)


@lru_cache
def decoded(text: str) -> Convention:
    """What `encoded` was given, as a record."""
    if not text.startswith(_RECORD):
        return get_convention(text)
    words = text.removeprefix(_RECORD).split("\n")
    choices: list[Any] = [
        float(word) if word in _NO_LITERALS else literal_eval(word) for word in words
    ]
    return Convention(**dict(zip(_CHOICES, choices, strict=True)))
