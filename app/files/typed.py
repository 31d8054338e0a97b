"""Numbers as people type them: with a Chinese input method, full width, and with its own marks."""

import re

# Every sign of a keyboard in full width, and the space.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Between digits an input method writes its full stop and its comma of lists.
_MARKS = (
    (re.compile(r"(?<=\d)\u3002|\u3002(?=\d)"), "."),
    (re.compile(r"(?<=\d)\u3001|\u3001(?=[\d.+-])"), ","),
    (re.compile(r"[\u2010-\u2013\u2212](?=[\d.])"), "-"),
)


def plain_signs(text: str) -> str:
    r"""Text in the signs that numbers are written with in every file.

    Examples
    --------
    >>> plain_signs("\uff10\uff0e\uff18\uff15\uff0c\uff0d\u3000\uff10\u30025")
    '0.85,- 0.5'
    >>> plain_signs("\u22121\u30012")
    '-1,2'
    """
    narrow = text.translate(_NARROW)
    for mark, plain in _MARKS:
        narrow = mark.sub(plain, narrow)
    return narrow
