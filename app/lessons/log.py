"""What was answered in a session, as a table to take away. It holds no names."""

import csv
import io
import json
from collections.abc import Sequence

from app.lessons.lesson import lessons
from app.lessons.sitting import Entry

COLUMNS = ("mode", "lesson", "name", "step", "seed", "kind", "right", "mistakes", "given", "answer")


def as_csv(log: Sequence[Entry]) -> str:
    """A row for each question that was answered, the first first.

    Of a question whose answer was asked for, `given` is empty.

    Examples
    --------
    >>> as_csv([]).strip()
    'mode,lesson,name,step,seed,kind,right,mistakes,given,answer'
    """
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in log:
        place = entry.place
        table.writerow(
            (
                place.mode,
                place.lesson,
                lessons()[place.lesson - 1].name,
                place.step,
                place.instance,
                entry.kind,
                int(entry.verdict.is_right),
                " ".join(entry.verdict.mistakes),
                "" if entry.given is None else json.dumps(entry.given),
                json.dumps(entry.right),
            )
        )
    return written.getvalue()
