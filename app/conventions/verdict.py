"""Of two outputs, in a sentence each, who made them, and what to change in whose code. Pure."""

from app.conventions.matches import (
    Explained,
    Finding,
    advice,
    exact,
    is_mended,
    is_nobodys,
    names,
    used_by,
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


def meant(said: Explained, text: Text) -> Finding | None:
    """The simplest of all that explains an output; None where nothing does.

    Is that nobody's convention, the article's figure say, it is what a framework computes, if
    there is such: misread boxes are likelier than a framework that nobody knows.
    """
    found = exact(said.found)
    if not found or not is_nobodys(found[0]):
        return found[0] if found else None
    return next((one for one in found if used_by(one, text)), found[0])


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
    found = {side: meant(said, text) for side, said in both.items()}
    if not answer.difference.where.any() or None in found.values():
        return lines
    return lines + _changes(answer, {side: one for side, one in found.items() if one}, text)


def needs_a_change(finding: Finding) -> bool:
    """Whether a call has to be mended, and not only another framework be called."""
    return is_mended(finding) or finding.first.rule.operation != "max"


def is_other_than_simplest(said: Explained, text: Text) -> bool:
    """Whether what is meant is not the first of what explains an output."""
    found = exact(said.found)
    return bool(found) and meant(said, text) is not found[0]


def _made(said: Explained, text: Text) -> str:
    """Who computes an output, and from which boxes."""
    finding = meant(said, text)
    if finding is None:
        return text("identify.verdict.none")
    key = "read" if finding.first.reading.changes else "given"
    if is_nobodys(finding):
        key += ".nobody"
    told = {"who": who(finding, text), "reading": reading_words(finding.first, text)}
    line = text(f"identify.verdict.{key}", **told)
    simplest = exact(said.found)[0]
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
