"""The steps of a story as pictures without words, and a folder of them with what each says."""

import io
import json
import re
import zipfile
from collections.abc import Iterator

from app.exercise.record import Exercise, pool
from app.exports.draw import draw
from app.exports.picture import WIDE, rendered
from app.exports.steps import Step, steps
from app.text import Text

# The earliest that a zip can say: of the same exercise the same folder is made.
_DATE = (1980, 1, 1, 0, 0, 0)
# What would be more than text within a paragraph of Markdown.
_MARKS = re.compile(r"([\\`*_<>\[\]&$~])")


def stills(exercise: Exercise, text: Text, *, wide: int = WIDE) -> bytes:
    """A zip with a PNG of each step, and what they are called, say and explain.

    ``captions.md`` is to be read, ``captions.json`` for programs: a list of records ``file``,
    ``title``, ``caption`` and ``notes``, in the order of the story.

    Parameters
    ----------
    wide : pixels of a row of the pictures

    Examples
    --------
    >>> from app.exercise.maps import Maps
    >>> made = stills(Exercise(Maps([[0, 1], [2, 3]]), ()), Text("en"), wide=160)
    >>> zipfile.ZipFile(io.BytesIO(made)).namelist()
    ['01-input.png', 'captions.md', 'captions.json']
    """
    made, records = io.BytesIO(), []
    with zipfile.ZipFile(made, "w") as folder:
        for k, (step, picture) in enumerate(pictured(exercise, text, wide), 1):
            section = "".join(f"-{part}" for part in step.scene.section or ())
            name = f"{k:02}-{step.scene.kind}{section}.png"
            # A PNG is as small as it can be already.
            _add(folder, name, picture, zipfile.ZIP_STORED)
            records.append((name, step))
        _add(folder, "captions.md", _page(records, text).encode("utf-8", "replace"))
        _add(folder, "captions.json", _listed(records).encode())
    return made.getvalue()


def pictured(exercise: Exercise, text: Text, wide: int) -> Iterator[tuple[Step, bytes]]:
    """Each step, and its picture without words as a PNG of so many pixels in a row."""
    result = pool(exercise)
    for step in steps(exercise, result, text):
        file = io.BytesIO()
        figure = draw(exercise, result, step.scene, text, worded=False)
        rendered(figure, wide).save(file, "PNG")
        yield step, file.getvalue()


def _page(records: list[tuple[str, Step]], text: Text) -> str:
    """The steps as Markdown, a heading, a picture and paragraphs each."""
    parts = [f"# {text('app.title')}"]
    for name, step in records:
        caption = _plain(step.caption)
        parts += [f"## {_plain(step.title)}", f"![{caption}]({name})", caption]
        parts += map(_plain, step.notes)
    return "\n\n".join(parts) + "\n"


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(words.split()))


def _listed(records: list[tuple[str, Step]]) -> str:
    told = [
        {"file": name, "title": step.title, "caption": step.caption, "notes": step.notes}
        for name, step in records
    ]
    return json.dumps(told, indent=2)


def _add(
    folder: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    # Else it would tell on which system it was made.
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    folder.writestr(entry, content, how)
