"""``roipool app``: what Streamlit is told; tests/test_wheel.py starts it."""

import http.server
import socket
import threading

import pytest

from roipool.commands import app
from roipool.commands.everything import main
from tests.roipool.commands.running import ROOT


@pytest.fixture
def told(monkeypatch):
    from streamlit.web import cli

    told = []
    monkeypatch.setattr(cli, "main", lambda arguments, **_: told.append(arguments))
    return told


def test_streamlit_is_told_where_the_app_lies_and_who_is_answered(told):
    assert main(["app", "--no-browser", "--port", "9000", "--address", "0.0.0.0"]) == 0
    (arguments,) = told
    assert arguments[:2] == ["run", str(ROOT / "app" / "main.py")]
    assert set(arguments[2:]) == {"--server.port=9000", "--server.address=0.0.0.0"}


def test_a_port_that_is_taken_is_passed_over(told):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        first = taken.getsockname()[1]
        assert app.free_port("127.0.0.1", first) > first


def test_an_address_that_is_not_this_machine_s_is_told(told, capsys):
    assert main(["app", "--no-browser", "--address", "203.0.113.1"]) == 2
    assert "nobody can listen at 203.0.113.1" in capsys.readouterr().err
    assert told == []


def test_a_missing_part_is_named_before_anything_starts(told, monkeypatch, capsys):
    monkeypatch.setattr(app, "installed", lambda name: None if name == "plotly" else "1.0")
    assert main(["app", "--no-browser"]) == 2
    assert 'plotly is not installed: pip install "roipool[app]"' in capsys.readouterr().err
    assert told == []


def test_a_browser_is_opened_once_it_answers(monkeypatch):
    opened = []
    monkeypatch.setattr(app.webbrowser, "open", opened.append)

    class Well(http.server.BaseHTTPRequestHandler):
        asked = 0

        def do_GET(self):
            Well.asked += 1
            assert self.path == "/_stcore/health"
            # As long as it is starting, nothing else would.
            self.send_response(503 if Well.asked == 1 else 200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Well) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        app.open_once_it_answers(url)
        server.shutdown()
    assert (opened, Well.asked) == ([url], 2)
