"""``roipool doctor``: what is there, what computes, and what is missing."""

import json

import numpy as np

from roipool import BackendStatus, backend_status
from roipool.commands import doctor
from roipool.commands.everything import main
from tests.roipool.commands.running import ROOT, process


def test_a_program_is_told_what_there_is():
    done = process("doctor", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    status = backend_status()
    assert found["numpy"] == np.__version__
    assert found["app"] == str(ROOT)
    assert found["backend"] == {
        "name": status.backend,
        "device": status.device,
        "why_no_gpu": status.reason,
    }
    assert found["extras"]["app"]["streamlit"].startswith("1.")


def test_people_are_told_what_is_missing_and_why_nothing_runs_on_a_gpu(monkeypatch, capsys):
    def without(name):
        return None if name in ("plotly", "torch") else "1.0"

    monkeypatch.setattr(doctor, "installed", without)
    monkeypatch.setattr(doctor, "which", lambda name: None)
    status = BackendStatus("numpy", "CPU", "there is no card")
    monkeypatch.setattr(doctor, "backend_status", lambda: status)
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert 'missing: plotly: pip install "roipool[app]"' in said
    assert 'missing: torch: pip install "roipool[torch]"' in said
    assert "numpy on CPU" in said
    assert "and not on a GPU: there is no card" in said
    assert "no ffmpeg on the PATH" in said


def test_an_ffmpeg_says_its_version(monkeypatch, tmp_path):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho ffmpeg version 9.9 of nobody\necho more\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert doctor.findings()["ffmpeg"] == "ffmpeg version 9.9 of nobody"
