"""What the stage in a notebook is sent: as in the app, but for what only a page of the app has."""

from typing import Any

from app.exercise.desk import Desk
from app.stage.payload import payload as stage_payload
from app.text import Text

# Of the list of keys: those that are a whole page's.
_PAGES_KEYS = ("keys.12", "keys.13")


def payload(desk: Desk, text: Text) -> dict[str, Any]:
    """Everything that the stage draws and says, as plain JSON.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> sent = payload(Desk(article_exercise()), Text("en"))
    >>> sent["panel"], sent["link"], sent["output"]
    ('notebook', None, [0.85, 0.84, 0.97, 0.96])
    """
    data = stage_payload(desk, text, "notebook", linked=False)
    words = {key: said for key, said in data["text"].items() if not key.startswith(_PAGES_KEYS)}
    own = {
        "keys.9.does": text("notebook.removes"),
        "keys.10": text("notebook.digits"),
        "keys.10.does": text("notebook.digits.does"),
    }
    saved = data["saved"] | {"late": text("notebook.late")}
    return data | {"text": words | own, "saved": saved}
