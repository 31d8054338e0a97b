"""How long a file that was made to be taken away is kept."""

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from app.serving import downloads


@pytest.fixture
def clock(monkeypatch):
    """Seconds that a test sets; Streamlit is as it was afterwards."""
    for name in ("mark_for_delete", "is_marked_for_delete"):
        monkeypatch.setattr(MediaFileMetadata, name, vars(MediaFileMetadata)[name])
    now = [100.0]
    monkeypatch.setattr(downloads.time, "monotonic", lambda: now[0])
    downloads.keep()
    return now


def test_a_file_that_nobody_shows_stays_a_minute_and_no_longer(clock):
    storage = MemoryMediaFileStorage("/media")
    files = MediaFileManager(storage)
    # As its `execute_deferred` leaves it, which needs a session.
    made = storage.load_and_get_id(b"1,2", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv")
    files._file_metadata[made] = MediaFileMetadata(kind=MediaFileKind.DOWNLOADABLE)
    for now in (100.0, 101.0, 159.0):
        clock[0] = now
        files.remove_orphaned_files()
        assert files.read_file(made).content == b"1,2"
    clock[0] = 161.0
    files.remove_orphaned_files()
    assert files.read_file(made) is None
