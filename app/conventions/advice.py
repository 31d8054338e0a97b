"""What to change in the code that made an output. Pure."""

from app.conventions.matches import Finding, is_nobodys
from app.conventions.words import amounts, told_as
from app.text import Text
from roipool.frameworks import FRAMEWORKS
from roipool.ports import PORTS


def advice(finding: Finding, text: Text) -> list[str]:
    """What to change, as Markdown; of a guess, what to check."""
    match = finding.first
    if match.differing:
        return [text("identify.advice.none")]
    said = [
        text(f"identify.advice.{told_as(change)}", **amounts(change))
        for change in match.reading.changes
    ]
    if match.rule.operation != "max":
        said.append(text(f"identify.advice.{match.rule.operation}"))
    elif match.rule.name in PORTS:
        said.append(text("identify.advice.port", name=match.rule.name))
    elif match.rule.name in FRAMEWORKS:
        said.append(text("identify.advice.framework", name=match.rule.name))
    elif match.rule.is_adaptive and match.rule.choices:
        said.append(text("identify.advice.adaptive", name=match.rule.name))
    elif match.rule.is_floored:
        said.append(text("identify.advice.floored", name=match.rule.name))
    elif match.rule.choices:
        said.append(text("identify.advice.changed"))
    elif not said and is_nobodys(finding):
        said.append(text("identify.advice.nobody", name=match.rule.name))
    elif not said:
        said.append(text("identify.advice.as_given", name=match.rule.name))
    return said
