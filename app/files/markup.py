"""Boxes in XML: Pascal VOC's, and CVAT's for images. Nothing is looked up that the XML points at.

A declaration of a type or of entities is refused where it begins: entities can unpack without end,
and name files of the server.
"""

import re
from xml.parsers import expat

import numpy as np

from app.exercise.limits import MAX_BOXES
from app.exercise.record import Box
from app.files.box_tables import image_indices, placed
from app.files.doubts import Doubts
from app.files.lines import is_number
from app.files.problems import reject

_START = re.compile(r"\s*<(\?xml\b|!|annotations?\b|object\b|bndbox\b)", re.IGNORECASE)
_DECLARED = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_DEEP = 20
_VOC = ("xmin", "ymin", "xmax", "ymax")
_CVAT = ("xtl", "ytl", "xbr", "ybr")


def is_markup(text: str) -> bool:
    """Whether a text is XML.

    Examples
    --------
    >>> is_markup("<annotation><object/></annotation>"), is_markup("<tf.Tensor: [1]>")
    (True, False)
    """
    return bool(_START.match(text.removeprefix("\ufeff")))


def boxes(text: str, images: int, doubts: Doubts) -> tuple[Box, ...]:
    """The boxes of an XML text.

    VOC's corners count from 1, those of many programs that write its format from 0: they are read
    as they stand, which is said, unless a person chooses otherwise.

    Raises
    ------
    ReadError
        XML that is broken or declares a type, or holds no box of a known kind.
    """
    found = _Found()
    _parse(text, found)
    if not found.rows:
        raise reject("markup.rotated" if found.rotated else "markup.none")
    if len(found.rows) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(found.rows), most=MAX_BOXES)
    corners = np.array([row for _, row in found.rows])
    index = np.array(image_indices([picture for picture, _ in found.rows], images, doubts))
    if found.cvat:
        doubts.say("cvat")
    elif corners.min() < 1:
        doubts.say("voc.from_zero")
    elif doubts.settle("voc", ["stand", "one"]) == "stand":
        doubts.say("voc.stand")
    else:
        doubts.say("voc.one")
        corners = corners - 1
    if found.rotated:
        doubts.say("rotated")
    return placed(index, corners, images, None, doubts)


class _Found:
    """What a parser finds on its way: corners with the picture that they are on."""

    def __init__(self) -> None:
        self.rows: list[tuple[object, list[float]]] = []
        self.cvat = self.rotated = False
        self._open: list[str] = []
        self._picture: object = 0.0
        self._box: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(tag)
        if len(self._open) > _MOST_DEEP:
            raise reject("markup.none")
        self.rotated |= tag == "robndbox"
        if tag == "image":
            self._picture = attributes.get("name") or attributes.get("id") or 0.0
        if tag == "bndbox":
            self._box = {}
        # Of a track of a video: a frame of it, in which what is outside is not to be seen.
        if tag == "box" and attributes.get("outside") == "1":
            return
        if tag == "box" and "frame" in attributes:
            self._picture = attributes["frame"]
        if tag == "box" and set(_CVAT) <= attributes.keys():
            self.cvat = True
            self._add([attributes[name] for name in _CVAT])

    def text(self, data: str) -> None:
        tag = self._open[-1]
        # A person in VOC has parts with boxes of their own.
        if tag in _VOC and "part" not in self._open and "bndbox" in self._open:
            self._box[tag] = self._box.get(tag, "") + data

    def end(self, tag: str) -> None:
        self._open.pop()
        if tag == "bndbox" and "part" not in self._open:
            self._add([self._box.get(name, "").strip() for name in _VOC])

    def _add(self, numbers: list[str]) -> None:
        if not all(is_number(one) and np.isfinite(float(one)) for one in numbers):
            raise reject("annotations.numbers", index=len(self.rows), count=4)
        self.rows.append((self._picture, [float(one) for one in numbers]))


def _parse(text: str, found: _Found) -> None:
    if _DECLARED.search(text):
        raise reject("markup.declared")
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.text
    parser.EndElementHandler = found.end
    parser.StartDoctypeDeclHandler = _declared
    parser.EntityDeclHandler = _declared
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    # It was decoded, whatever its first line says of its encoding.
    content = text.removeprefix("\ufeff").lstrip().encode()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise reject("markup.broken", line=error.lineno) from error


def _declared(*declared: object) -> None:
    raise reject("markup.declared")
