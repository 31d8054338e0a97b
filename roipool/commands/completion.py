"""``roipool completion``: what a shell needs to complete commands, options and files."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from roipool.commands.command import Command, CommandError

SHELLS = ("bash", "zsh", "tcsh")
# What an argument is called that is a file.
_FILES = ("FILE", "MAP", "BOXES", "OUTPUT")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _run(options: argparse.Namespace) -> int:
    from roipool.commands.everything import program

    try:
        shtab = import_module("shtab")
    except ModuleNotFoundError as error:
        raise CommandError(
            'shtab, which writes it, is not installed: pip install "roipool[completion]"'
        ) from error
    parser = program()
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # what shtab looks for
    print(shtab.complete(parser, shell=options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """All arguments of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


COMMAND = Command(
    name="completion",
    usage="SHELL",
    help="make your shell complete roipool's commands",
    description="""Write what a shell needs to complete commands, options and files: a script of its
    own language, so that nothing is started when you press Tab.""",
    examples=(
        ("bash > ~/.local/share/bash-completion/completions/roipool", "for bash, from now on"),
        ("zsh > ~/.zfunc/_roipool", "for zsh, where ~/.zfunc is in fpath"),
    ),
    arguments=_arguments,
    run=_run,
)
