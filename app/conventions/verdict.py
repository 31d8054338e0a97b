"""Of two outputs, in a sentence each, who made them, and what to change in whose code. Pure."""

from app.conventions.advice import advice
from app.conventions.matches import (
    Explained,
    Finding,
    exact,
    is_mended,
    is_nobodys,
    names,
    who,
)
from app.conventions.two_outputs import Answer
from app.conventions.words import reading_words
from app.text import Text, as_markdown

SIDES = ("one", "two")


def called(answer: Answer, side: str, text: Text) -> str:
    """What an output is called: the first or the second, by its file where it came in one."""
    name, file = text(f"identify.two.column.{side}"), answer.files[SIDES.index(side)]
    return text("identify.two.file", name=name, file=file) if file else name


def meant(said: Explained) -> Finding | None:
    """The likeliest of all that explains an output; None where nothing does."""
    return next(iter(exact(said.found)), None)


def verdict(answer: Answer, text: Text) -> list[str]:
    """Who made either output, and what to change where; as Markdown, a paragraph each."""
    if answer.other is None:
        return []
    both = dict(zip(SIDES, (answer.said, answer.other), strict=True))
    lines = []
    for side, said in both.items():
        name, made = called(answer, side, text), _made(said, text)
        told = {"name": as_markdown(name), "made": as_markdown(made)}
        lines.append(text("identify.verdict.side", **told))
    if answer.difference is None or answer.difference.where is None:
        return lines
    found = {side: meant(said) for side, said in both.items()}
    if not answer.difference.where.any() or None in found.values():
        return lines
    return lines + _changes(answer, {side: one for side, one in found.items() if one}, text)


def needs_a_change(finding: Finding) -> bool:
    """Whether a call has to be mended, and not only another framework be called."""
    return is_mended(finding) or finding.first.rule.operation != "max"


def is_other_than_simplest(said: Explained) -> bool:
    """Whether what is meant is not the simplest of what explains an output."""
    return meant(said) is not _simplest(said)


def _simplest(said: Explained) -> Finding | None:
    return min(exact(said.found), key=lambda one: one.first.rank, default=None)


def _made(said: Explained, text: Text) -> str:
    """Who computes an output, and from which boxes."""
    finding, simplest = meant(said), _simplest(said)
    if finding is None or simplest is None:
        return text("identify.verdict.none")
    key = "read" if finding.first.reading.changes else "given"
    if is_nobodys(finding):
        key += ".nobody"
    told = {"who": who(finding, text), "reading": reading_words(finding.first, text)}
    line = text(f"identify.verdict.{key}", **told)
    if simplest is not finding and not simplest.first.reading.changes:
        rule = names(simplest, text)
        line = text.join(line, text("identify.verdict.simplest", rule=rule))
    return line


def _changes(answer: Answer, found: dict[str, Finding], text: Text) -> list[str]:
    """What to change in the code that made either, or that no call is wrong."""
    lines = []
    for side, finding in found.items():
        if needs_a_change(finding):
            name = as_markdown(called(answer, side, text))
            said = text.join(*advice(finding, text))
            lines.append(text("identify.verdict.change", name=name, advice=said))
    if lines:
        return lines
    first = found["one"].first.rule.name
    return [text("identify.verdict.rules", name=first)]
