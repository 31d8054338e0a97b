"""Whether a reader is there: as long as the tab is connected; without a server always."""

import pytest

from app.jobs import presence
from app.jobs.presence import of_reader


class Server:
    """Stands in for the server and the session that runs a page."""

    session_id = "a session"

    def __init__(self):
        self.connected = {self.session_id}

    def is_active_session(self, session):
        return session in self.connected


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setattr(presence, "get_script_run_ctx", lambda **_: server)
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: server)
    return server


def test_a_reader_is_there_while_the_tab_is_connected(server):
    here = of_reader()
    assert here()
    server.connected = {"another session"}
    assert not here()


def test_without_a_server_somebody_is_always_there(server, monkeypatch):
    here = of_reader()
    server.connected = set()
    monkeypatch.setattr("streamlit.runtime.exists", lambda: False)
    assert here()


def test_the_server_knows_which_sessions_are_connected():
    from streamlit.runtime import Runtime

    assert callable(Runtime.is_active_session)
