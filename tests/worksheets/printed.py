"""A worksheet read back from its PDF."""

from collections import Counter
from io import BytesIO

from pypdf import PdfReader

from app.worksheets.order import Order
from app.worksheets.pdf import worksheet


def read(lesson, filled, language="en", paper="A4", address=""):
    order = Order(lesson, 7, 1, language, paper, filled, address)
    return PdfReader(BytesIO(worksheet(order)))


def words(reader):
    return Counter(" ".join(page.extract_text() for page in reader.pages).split())
