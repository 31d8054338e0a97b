"""What there is to know of each kind of scene, beside its own sentence."""

from app.exercise.record import Exercise, Result
from app.story.scenes import KINDS
from app.text import Text


def story(
    exercise: Exercise, result: Result, text: Text, *, at_hand: bool = True
) -> list[dict[str, str]]:
    """The explanation that goes with each kind of scene: its title and what there is to know.

    Parameters
    ----------
    at_hand : whether the figure is, so that it is also said what to try there
    """
    high, wide = exercise.output_size
    values = {"high": high, "wide": wide, "n_rows": 0, "n_cols": 0}
    n = exercise.played
    if n is not None:
        values["n_rows"], values["n_cols"] = (
            int(stop) - int(start) for start, stop in (result.bins.rows[n], result.bins.cols[n])
        )
    return [
        {
            "kind": kind,
            "title": text(f"story.{kind}.title"),
            "body": text.join(
                text(f"story.{kind}.body", **values),
                *(text(key) for key in [f"story.{kind}.try"] if at_hand and text.has(key)),
            ),
        }
        for kind in KINDS
    ]
