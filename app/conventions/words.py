"""How a match computes and how it reads what was given, in words. Pure."""

from fractions import Fraction

from app.conventions.tokens import token_of
from app.text import Text
from roipool import Convention, Match
from roipool.readings import Change
from roipool.rules import Rule

# Changes whose amount is a scale, and not a way along the map.
_SCALES = (
    *("scale_forgotten", "scale_inverted", "scale_missing", "scale_twice"),
    *("stride", "scale_across", "scale_down", "scales"),
)


def rule_words(match: Match, text: Text, name: str = "") -> str:
    """How a match computes: a preset's `name`, with what is otherwise than there."""
    rule = match.rule
    name = name or rule.name
    if rule.operation == "align":
        choices = dict(rule.choices)
        kind = f".{mode}" if (mode := choices.pop("mode", "")) else ""
        return text(f"identify.rule.align{kind}", **choices)
    if rule.operation == "crop":
        made = dict(rule.choices)
        crop = text(f"identify.rule.crop.{made['rounded']}.{made['last']}")
        return text("identify.rule.crop", crop=crop, how=text(f"identify.rule.crop.{made['how']}"))
    if rule.operation == "resize":
        return text(
            f"identify.rule.resize.{'nearest' if rule.exact else 'bilinear'}", **dict(rule.choices)
        )
    if rule.operation == "average":
        return text("identify.rule.average", name=name)
    if not rule.choices or rule.convention is None:
        return name
    changed = _changed(name, rule, rule.convention, text)
    return text("identify.rule.adaptive", name=changed) if rule.is_adaptive else changed


def _changed(name: str, rule: Rule, convention: Convention, text: Text) -> str:
    """A preset's name with the choices that were changed."""
    said = name
    for field, _ in rule.choices:
        choice = f"conventions.choice.{field}"
        value = text(f"{choice}.{token_of(convention, field)}")
        said = text("identify.rule.changed", name=said, choice=text(choice), value=value)
    return said


def reading_words(match: Match, text: Text) -> str:
    """How a match reads the boxes."""
    return text("stage.list").join(
        text(f"identify.reading.{told_as(change)}", **amounts(change))
        for change in match.reading.changes
    ) or text("identify.reading.as_given")


def told_as(change: Change) -> str:
    """The name of its words: to clip to the last cell is more than to clip to the map.

    Examples
    --------
    >>> told_as(Change("clipped")), told_as(Change("clipped", 1.0))
    ('clipped', 'clipped_to_last')
    """
    return "clipped_to_last" if change.key == "clipped" and change.amount else change.key


def amounts(change: Change) -> dict[str, str]:
    """The numbers that the words of a change name."""
    return {
        "amount": _amount(change.key, change.amount),
        "down": _amount(change.key, change.down),
    }


def _amount(key: str, amount: float | None) -> str:
    """An amount as a person writes it: +1, −0.5, a scale as 1/16."""
    if amount is None:
        return ""
    if key in _SCALES:
        return str(Fraction(amount).limit_denominator(1000))
    return f"{amount:+g}".replace("-", "−")
