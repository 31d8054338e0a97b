"""What stands in a notebook where no widget lives: on a page that it was made into, say.

The picture is the one that the app exports, where matplotlib is there to draw it.
"""

import base64
from collections.abc import Iterator
from html import escape

from app.exercise.record import Exercise, Result, pool
from app.story.scenes import Scene, scenes
from app.text import Text, number, plain

# Of more boxes a count says enough.
MOST_TABLES = 12

_TABLE = "border-collapse:collapse;margin:0 1.5em 1em 0;display:inline-table"
_CELL = "border:1px solid #888;padding:.3em .6em;text-align:right"


def page(exercise: Exercise, text: Text) -> str:
    """A picture of the maxima and every box's output in numbers, as HTML that asks for nothing.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> "<td" in page(article_exercise(), Text("en"))
    True
    """
    result = pool(exercise)
    told = scenes(exercise, result, text)
    scene = next((one for one in told if one.kind == "maxima"), told[-1])
    tables = "".join(_tables(exercise, result, text))
    # Its sentence is in the picture.
    seen = _picture(exercise, result, scene, text) or f"<p>{escape(scene.caption)}</p>"
    return f"<div>{seen}<div>{tables}</div></div>"


def _picture(exercise: Exercise, result: Result, scene: Scene, text: Text) -> str:
    try:
        from app.exports.picture import picture
    except ImportError:
        return ""
    drawn = base64.b64encode(picture(exercise, result, scene, text, "svg")).decode()
    source = f"data:image/svg+xml;base64,{drawn}"
    return f'<img src="{source}" alt="{escape(scene.caption)}" style="max-width:100%;width:34em">'


def _tables(exercise: Exercise, result: Result, text: Text) -> Iterator[str]:
    for n, box in enumerate(exercise.boxes[:MOST_TABLES]):
        image, *corners = map(plain, box)
        values = dict(zip(("x1", "y1", "x2", "y2"), corners, strict=True))
        key = "notebook.box" if exercise.maps.images == 1 else "notebook.box.of_image"
        name = text(key, number=n, image=image, **values)
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in result.output[n].tolist())
        caption = f'<caption style="text-align:start;white-space:nowrap">{escape(name)}</caption>'
        yield f'<table style="{_TABLE}">{caption}<tbody>{rows}</tbody></table>'
    more = len(exercise.boxes) - MOST_TABLES
    if more > 0:
        yield f"<p>{escape(text('notebook.more', count=more))}</p>"


def _cell(value: float) -> str:
    return f'<td style="{_CELL}">{number(value)}</td>'
