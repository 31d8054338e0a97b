"""A worksheet read back from its PDF."""

from collections import Counter
from io import BytesIO

from pypdf import PdfReader

from app.text import Text
from app.worksheets.pdf import worksheet


def read(lesson, filled, language="en", paper="A4", address=""):
    made = worksheet(lesson, 7, 1, Text(language), paper, filled, address)
    return PdfReader(BytesIO(made))


def words(reader):
    return Counter(" ".join(page.extract_text() for page in reader.pages).split())
