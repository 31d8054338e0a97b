"""What the command line asks for."""

from app.worksheets.order import MissingLessonError, Order, OrderError, lesson_of
from app.worksheets.pdf import worksheet
from app.worksheets.workbook import workbook

__all__ = ["MissingLessonError", "Order", "OrderError", "lesson_of", "make"]


def make(kind: str, order: Order) -> bytes:
    """A worksheet as ".pdf" or ".xlsx"."""
    return {".pdf": worksheet, ".xlsx": workbook}[kind](order)
