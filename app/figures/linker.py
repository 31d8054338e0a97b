"""Joins the stage's ES modules into one, in the order of their imports.

One file is one request, and what travels as a single file has no other way. Each module becomes a
function scope, so that names do not meet; the entry keeps its default export. The files stay
separately readable and testable, and no build step is needed.
"""

import re
from pathlib import Path

_ASIDE = re.compile(r"^ *(?://.*\n)?", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.\.?/[\w/-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)


def link(entry: Path) -> str:
    """One script out of a module and everything it imports, from its own folder or another."""
    parts: dict[Path, str] = {}
    _collect(entry.resolve(), entry.resolve().parents[1], parts)
    return "\n".join(parts.values())


def bare(source: str) -> str:
    r"""A script without its comments and indentation, which are for readers of the file.

    Examples
    --------
    >>> bare("// Why.\nif (a) {\n  b();\n}\n")
    'if (a) {\nb();\n}\n'
    """
    return _ASIDE.sub("", source)


def _collect(path: Path, root: Path, parts: dict[Path, str]) -> None:
    if path in parts:
        return
    source = bare(path.read_text("utf-8"))
    for _, dependency in _IMPORT.findall(source):
        _collect(_module(path, dependency), root, parts)
    body = _IMPORT.sub(lambda found: _as_destructuring(found, path, root), source)
    names = _EXPORT.findall(body)
    if "export default" in body:
        parts[path] = body
        return
    body = _EXPORT.sub("", body)
    scope = _scope(path, root)
    parts[path] = f"const {scope} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _module(path: Path, dependency: str) -> Path:
    """The file that a module of this path means by an import."""
    return (path.parent / f"{dependency}.js").resolve()


def _as_destructuring(match: re.Match[str], path: Path, root: Path) -> str:
    """``{ a as b }`` of an import is ``{ a: b }`` of a destructuring."""
    scope = _scope(_module(path, match[2]), root)
    return f"const {{{match[1].replace(' as ', ': ')}}} = {scope};\n"


def _scope(path: Path, root: Path) -> str:
    """A name for a module's own scope, after its place among the figures' folders."""
    place = path.relative_to(root).with_suffix("").as_posix()
    return "module_" + re.sub(r"\W", "_", place)
