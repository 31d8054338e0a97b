"""What keeps the processes running, with small programs in place of the app."""

import os
import sys
import time

import pytest

from deploy import processes
from deploy.__main__ import main
from deploy.processes import SECRET, Process, environment, serve


@pytest.fixture
def program(monkeypatch):
    """Have another program be started."""

    def instead(code):
        monkeypatch.setattr(processes, "command", lambda *_: [sys.executable, "-c", code])

    monkeypatch.setenv(SECRET, "one for all")
    return instead


def test_where_one_does_not_start_at_all_none_is_left(program, capsys):
    program("import sys; sys.exit(3)")
    assert serve(2, port=20_001) == 1
    said = capsys.readouterr().err
    assert "ended with 3" in said
    assert "answer on" not in said


def test_one_that_keeps_ending_has_to_wait_longer_and_longer(program, monkeypatch, capsys):
    program("import sys; sys.exit(3)")
    one, now = Process("127.0.0.1", 20_001), [1000.0]
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    waits = []
    for _ in range(7):
        one.start()
        while one.ended() is None:
            time.sleep(0.005)
        one.keep()
        waits.append(int(capsys.readouterr().err.split()[-2]))
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    one.keep()
    assert one.ended() is None
    assert capsys.readouterr().err == ""


def test_one_that_has_long_been_there_is_started_again_at_once(program, monkeypatch, capsys):
    program("import sys; sys.exit(3)")
    one, now = Process("127.0.0.1", 20_001), [1000.0]
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    one.start()
    while one.ended() is None:
        time.sleep(0.005)
    now[0] += 60
    program("import time; time.sleep(60)")
    one.keep()
    assert "again in 0 s" in capsys.readouterr().err
    one.end()
    one.see_off(now[0] + 10)


def test_all_have_the_same_secret_and_the_app_beside_them(monkeypatch):
    monkeypatch.delenv(SECRET, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.setattr(processes, "command", lambda *_: [sys.executable, "-c", "1 / 0"])
    serve(1, port=20_001)
    assert len(os.environ[SECRET]) == 64
    told = environment()
    assert told[SECRET] == os.environ[SECRET]
    assert told["OMP_NUM_THREADS"] == "2"
    assert str(processes.MAIN.parents[1]) in told["PYTHONPATH"].split(os.pathsep)


@pytest.mark.parametrize(
    "asked",
    [["--processes=0"], ["--port=65535", "--processes=2"], ["--at=a:1"], ["--nginx", "--at=a"]],
)
def test_what_cannot_be_is_told(asked, capsys):
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err
