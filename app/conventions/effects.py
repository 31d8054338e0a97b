"""What each choice of a convention would change for the box that is on the stage. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from app.conventions.choices import switch
from app.conventions.compared import looked_at, sections
from app.conventions.tokens import CHOICES, label, token_of
from app.exercise.edit import Problem
from app.exercise.record import Exercise, pool
from app.text import Text


@dataclass(frozen=True, slots=True)
class Effect:
    """What one of a choice's values would change.

    Attributes
    ----------
    token : the value, by its name in `CHOICES`
    count : how many values of the output would be others
    same_bins : whether it cuts the same sections
    """

    token: str
    count: int
    same_bins: bool


@lru_cache(maxsize=32)
def effects(exercise: Exercise, field: str) -> tuple[Effect, ...]:
    """What every other value of a choice would change; those that cannot be are left out.

    Parameters
    ----------
    exercise : what is `looked_at` alone

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> effects(looked_at(article_exercise()), "stop")[0]
    Effect(token='ceil', count=1, same_bins=False)
    """
    now, kept = pool(exercise), token_of(exercise.rule, field)
    found = []
    for token, value in CHOICES[field].items():
        other = switch(exercise, field, value)
        if token == kept or isinstance(other, Problem):
            continue
        result = pool(other)
        count = int((result.output != now.output).sum())
        found.append(Effect(token, count, sections(result) == sections(now)))
    return tuple(found)


def effect_of(exercise: Exercise, field: str, text: Text) -> str:
    """What a choice changes for the box on the stage; nothing without a box, or where nothing does.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> print(effect_of(article_exercise(), "stop", Text("en")))
    For this box, with ⌈ ceil ⌉, 1 of 4 values change; with nearest, 2 of 4 values change.
    >>> effect_of(article_exercise(), "empty_value", Text("en"))
    ''
    """
    seen = looked_at(exercise)
    if not seen.boxes:
        return ""
    high, wide = seen.output_size
    groups: dict[str, list[str]] = {}
    for effect in effects(seen, field):
        if effect.count:
            changed = text("conventions.effect.values", count=effect.count, total=high * wide)
        elif not effect.same_bins:
            changed = text("conventions.effect.sections")
        else:
            continue
        groups.setdefault(changed, []).append(label(field, effect.token, text))
    if not groups:
        return ""
    told = (
        text("conventions.effect", names=text("stage.list").join(names), changed=changed)
        for changed, names in groups.items()
    )
    return text("conventions.effects", told=text("conventions.effect.and").join(told))
