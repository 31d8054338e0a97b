"""Every visible string, from assets/i18n; never one in code."""

import json
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import floor
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "assets" / "i18n"

# Each language by its own name, the first is the fallback.
LANGUAGES = {"en": "English", "zh": "简体中文"}
# What a document calls them.
CODES = {"en": "en", "zh": "zh-Hans"}


@lru_cache
def strings(language: str) -> dict[str, str]:
    """Every string of a language by its key, from the files of all rooms."""
    found: dict[str, str] = {}
    for room in sorted((FOLDER / language).glob("*.json")):
        found |= json.loads(room.read_text("utf-8"))
    return found


@lru_cache
def _section(language: str, prefix: str) -> dict[str, str]:
    start = f"{prefix}."
    return {
        key.removeprefix(start): string
        for key, string in strings(language).items()
        if key.startswith(start)
    }


class Text:
    """The strings of one language, called by key.

    Examples
    --------
    >>> Text("en")("page.replay")
    'Replay'
    >>> Text("zh").span(3, 5), Text("zh").span(-3, 1)
    ('3–4', '−3–0')
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else next(iter(LANGUAGES))

    def __call__(self, key: str, **values: object) -> str:
        """The string of a key, with ``{name}`` replaced by the values."""
        template = strings(self.language)[key]
        return _in_chinese(template, values) if self.language == "zh" else template.format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a string of a key, which may be left out."""
        return key in strings(self.language)

    def section(self, prefix: str) -> dict[str, str]:
        """The raw strings under a prefix, for whoever fills them in later."""
        return dict(_section(self.language, prefix))

    def looks(self) -> dict[str, str]:
        """What the buttons of every figure call the ways of looking at it.

        Examples
        --------
        >>> list(Text("en").looks())
        ['hide', 'reveal', 'present', 'present.leave']
        """
        said = self.section("stage")
        return {key: said[key] for key in ("hide", "reveal", "present", "present.leave")}

    def join(self, *sentences: str) -> str:
        """Sentences one after the other: a space between them in English, none in Chinese."""
        return self("join").join(sentences)

    def span(self, start: int, stop: int) -> str:
        """The cells of a half-open span by their numbers: "3–4", "3" for one, "∅" for none."""
        if stop <= start:
            return "∅"
        ends = [start] if stop - start == 1 else [start, stop - 1]
        return "–".join(str(end).replace("-", "−") for end in ends)

    def rows(self, start: int, stop: int) -> str:
        """A span of rows in words: "rows 3–4", "row 3"."""
        return self._named("rows", start, stop)

    def cols(self, start: int, stop: int) -> str:
        """A span of columns in words: "columns 0–2", "column 2"."""
        return self._named("cols", start, stop)

    def _named(self, axis: str, start: int, stop: int) -> str:
        number = "none" if stop <= start else "one" if stop - start == 1 else "many"
        return self(f"stage.span.{axis}.{number}", cells=self.span(start, stop))


def title(page: str, text: Text) -> str:
    """What a document is called whose page is of this name.

    Examples
    --------
    >>> title("sizes", Text("en"))
    'Sizes · Understand RoI pooling'
    """
    return text("app.titled", page=text(f"page.{page}"), app=text("app.title"))


_HAN, _FULL = "\u4e00-\u9fff", "\u3001-\u301f\uff01-\uff60"
# A space beside a value that was filled in, whose ends NUL marks.
_GAP = "(?:\0 \0|\0 | \0)"
_NO_GAP = re.compile(
    f"(?<=[{_HAN}{_FULL}]){_GAP}(?=[{_HAN}{_FULL}])|(?<=[{_FULL}]){_GAP}|{_GAP}(?=[{_FULL}])"
)


def _in_chinese(template: str, values: Mapping[str, object]) -> str:
    """A template filled, without the spaces that part Latin from Chinese where a value is Chinese.

    Examples
    --------
    >>> _in_chinese("{name} {version}", {"name": "roipool（NumPy）", "version": "2.4"})
    'roipool（NumPy）2.4'
    """
    marked = template.format(**{name: f"\0{value}\0" for name, value in values.items()})
    return _NO_GAP.sub("", marked).replace("\0", "")


def preferred_language(locale: str | None) -> str:
    """The language for a browser's locale.

    Examples
    --------
    >>> preferred_language("zh-TW"), preferred_language("fr-FR"), preferred_language(None)
    ('zh', 'en', 'en')
    """
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else next(iter(LANGUAGES))


def number(value: float) -> str:
    """A cell's value as the stage writes it: two decimals, or an exponent where they say nothing.

    Ties round half up, as JavaScript's toFixed does, so that the figure and the sentence beside
    it agree.

    Examples
    --------
    >>> number(0.85), number(0.125), number(-12345.0), number(1e-7), number(0.0)
    ('0.85', '0.13', '−1.2e4', '1.0e−7', '0.00')
    """
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    exact = Decimal(value)
    if value == 0 or 0.005 <= abs(value) < 1000:
        # abs: a zero may have a sign, which nobody wants to read.
        cents = abs(exact).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{'−' if value < 0 else ''}{cents}"
    exponent = exact.adjusted()
    mantissa = exact.scaleb(-exponent).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if abs(mantissa) == 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa:.1f}e{exponent}".replace("-", "−")


def fraction(value: float) -> str:
    """A boundary between bins: two decimals, and more where those would hide which way it rounds.

    Examples
    --------
    >>> fraction(4.0), fraction(14 / 3), fraction(57.0000038)
    ('4', '4.67', '57.000004')
    """
    exact = Decimal(value)
    if exact == int(exact):
        return str(int(exact))
    for digits in range(2, 20):
        text = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if floor(text) == floor(exact) and text != int(text):
            return str(text)
    return str(exact)


def as_markdown(text: str) -> str:
    r"""Text for Markdown to show as it stands.

    Examples
    --------
    >>> print(as_markdown("*a* [b](c)"))
    \*a\* \[b\]\(c\)
    """
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:$])", r"\\\1", text)


def plain(value: float) -> str:
    """A box's number as a person writes it: whole numbers without a point.

    Examples
    --------
    >>> plain(7.0), plain(0.5)
    ('7', '0.5')
    """
    return str(int(value)) if value == int(value) else repr(value)
