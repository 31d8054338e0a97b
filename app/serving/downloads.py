"""A file that was made to be taken away stays until its reader has had the time to fetch it.

Streamlit 1.67 makes such a file when its button is pressed, and drops it at the second end of
anybody's run after that. With a class at work that is before the browser has asked for it.
"""

import time

from streamlit.runtime.media_file_manager import MediaFileMetadata

SECONDS = 60.0
"""How long a file stays that nobody's page refers to."""


def keep(seconds: float = SECONDS) -> None:
    """Have every file stay so long after it was marked to be dropped."""
    marked = "_roipool_marked"

    def mark_for_delete(file: MediaFileMetadata) -> None:
        if not hasattr(file, marked):
            setattr(file, marked, time.monotonic())

    def is_marked_for_delete(file: MediaFileMetadata) -> bool:
        return time.monotonic() - getattr(file, marked, time.monotonic()) > seconds

    replaced = {
        "mark_for_delete": mark_for_delete,
        "is_marked_for_delete": property(is_marked_for_delete),
    }
    for name, instead in replaced.items():
        if not hasattr(MediaFileMetadata, name):
            raise AttributeError(f"Streamlit's MediaFileMetadata has no {name} any more")
        setattr(MediaFileMetadata, name, instead)
