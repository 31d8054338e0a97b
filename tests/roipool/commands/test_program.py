"""The program: its commands, their help, and what becomes of what goes wrong."""

import subprocess
import sys

import numpy as np
import pytest

from roipool.commands import completion, docs
from roipool.commands.command import CommandError
from roipool.commands.everything import COMMANDS, main, program
from roipool.errors import RoIPoolError
from tests.roipool.commands.running import ROOT, process

by_name = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


def test_the_document_is_what_the_commands_say_of_themselves():
    assert docs.DOCUMENT.read_text("utf-8") == docs.document(), "python -m roipool.commands.docs"


@by_name
def test_help_says_what_a_command_does_and_its_examples_are_understood(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command.name, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert max(map(len, said.splitlines())) <= 100
    for line in command.parsed_examples():
        options = program().parse_args(line)
        assert options.command == command.name
        assert options.run is command.run


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (CommandError("not so"), 2, "roipool doctor: not so\n"),
        (RoIPoolError("boxes are wrong"), 2, "roipool doctor: boxes are wrong\n"),
        (FileNotFoundError(2, "No such file", "map.npy"), 2, "map.npy: No such file\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_goes_wrong_is_told_without_a_traceback(monkeypatch, capsys, error, code, told):
    def fail(*_):
        raise error

    monkeypatch.setattr("roipool.commands.doctor.findings", fail)
    assert main(["doctor"]) == code
    assert capsys.readouterr().err.endswith(told)


def test_what_is_not_understood_is_told_with_the_usage(capsys):
    for line, told in ((["pol"], "invalid choice: 'pol'"), ([], "arguments are required: COMMAND")):
        with pytest.raises(SystemExit) as left:
            main(line)
        assert left.value.code == 2
        said = capsys.readouterr().err
        assert told in said
        assert said.startswith("usage: roipool")


def test_a_reader_who_leaves_early_is_no_error(tmp_path):
    # Longer than a pipe holds, and nobody reads the rest.
    np.save(tmp_path / "map.npy", np.random.default_rng(0).random((1, 99, 40, 40)))
    (tmp_path / "boxes.csv").write_text("0, 0, 0, 40, 40")
    given = ["pool", tmp_path / "map.npy", tmp_path / "boxes.csv", "--output-size", "40"]
    command = [sys.executable, "-m", "roipool", *map(str, given)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as run:
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
    assert (run.returncode, said) == (141, "")


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_shell_is_told_every_command(shell, capsys):
    pytest.importorskip("shtab", reason="requirements-dev.txt has it")
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert all(command.name in said for command in COMMANDS)
    if shell == "bash":
        for files in ("render__o", "pool_pos_0"):
            assert f"_shtab_roipool_{files}_COMPGEN=_shtab_compgen_files" in said
    # tcsh is told of options by their place only.
    assert ("--output-size" in said) == (shell != "tcsh")


def test_without_what_writes_completions_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "zsh"]) == 2
    assert 'pip install "roipool[completion]"' in capsys.readouterr().err


def test_bash_completes_with_what_it_is_told():
    done = process("completion", "bash")
    asked = 'COMP_WORDS=(roipool re); COMP_CWORD=1; _shtab_roipool; echo "${COMPREPLY[@]}"'
    bash = subprocess.run(["bash", "-c", f"{done.stdout}\n{asked}"], capture_output=True, text=True)
    assert bash.stdout.split() == ["render"], done.stderr + bash.stderr


def test_no_command_is_begun_with_the_app_or_a_screen():
    code = "import sys, roipool.__main__; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert not set(run.stdout.split()) & {"app", "streamlit", "matplotlib", "PIL", "torch", "shtab"}
