"""Files as people hand them in, made by hand."""

import struct
import zipfile
from io import BytesIO

import numpy as np

from app.text import LANGUAGES, Text

SMALL = np.array([[1.0, 2.0], [3.0, 4.0]])
ONES = [[0, 0, 3, 7, 8], [1, 1, 1, 4, 4.5]]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def npy(array, **options):
    stream = BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npz(save=np.savez, **arrays):
    stream = BytesIO()
    save(stream, **arrays)
    return stream.getvalue()


def header(shape, descr="<f8"):
    """An .npy file that promises a shape, without its numbers."""
    stream = BytesIO()
    fields = {"descr": descr, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(stream, fields)
    return stream.getvalue()


def written_header(shape):
    """As `header`, of a shape that is written otherwise than NumPy would."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def archive(method=zipfile.ZIP_DEFLATED, **members):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def locked():
    """An archive whose members bear the flag of a password, in both of their headers."""
    content = bytearray(npz(x=SMALL))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(start) + flags] |= 1
    return bytes(content)


def sentence(error):
    """The problem's key, once both languages have words for it."""
    for language in LANGUAGES:
        said = error.value.problem.sentence(Text(language))
        assert said
        assert "{" not in said.replace("{…}", "")
    return error.value.problem.key
