"""Joins the stage's ES modules into one, in the order of their imports.

One file is one request, and what travels as a single file has no other way. Each module becomes a
function scope, so that names do not meet; the entry keeps its default export. The files stay
separately readable and testable, and no build step is needed.
"""

import re
from pathlib import Path

_ASIDE = re.compile(r"^ *(?://.*\n)?", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)


def link(entry: Path) -> str:
    """One script out of a module and everything it imports."""
    parts: dict[str, str] = {}
    _collect(entry, parts)
    return "\n".join(parts.values())


def bare(source: str) -> str:
    r"""A script without its comments and indentation, which are for readers of the file.

    Examples
    --------
    >>> bare("// Why.\nif (a) {\n  b();\n}\n")
    'if (a) {\nb();\n}\n'
    """
    return _ASIDE.sub("", source)


def _collect(path: Path, parts: dict[str, str]) -> None:
    if path.stem in parts:
        return
    source = bare(path.read_text("utf-8"))
    for _, dependency in _IMPORT.findall(source):
        _collect(path.with_name(f"{dependency}.js"), parts)
    body = _IMPORT.sub(_as_destructuring, source)
    names = _EXPORT.findall(body)
    if "export default" in body:
        parts[path.stem] = body
        return
    body = _EXPORT.sub("", body)
    parts[path.stem] = (
        f"const {_scope(path.stem)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"
    )


def _as_destructuring(match: re.Match[str]) -> str:
    """``{ a as b }`` of an import is ``{ a: b }`` of a destructuring."""
    return f"const {{{match[1].replace(' as ', ': ')}}} = {_scope(match[2])};\n"


def _scope(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
