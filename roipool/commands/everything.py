"""All commands as one program, and what it does with what goes wrong."""

import argparse
import os
import shlex
import sys
from collections.abc import Sequence

from roipool.commands import (
    app,
    bench,
    completion,
    doctor,
    identify,
    lessons,
    pool,
    render,
    worksheet,
)
from roipool.commands.command import CommandError, Help
from roipool.errors import RoIPoolError

COMMANDS = tuple(
    module.COMMAND
    for module in (app, render, pool, identify, worksheet, lessons, bench, doctor, completion)
)

# What a shell makes of a program that was told to stop, and of one whose reader has left.
INTERRUPTED, UNREAD = 130, 141


def program() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="roipool",
        usage="roipool COMMAND [options]",
        description="RoI pooling to look at, to compute and to print.",
        epilog="\n".join(
            [
                "commands:",
                *(f"  {command.name:<12}{command.help}" for command in COMMANDS),
                "",
                "roipool COMMAND --help says more of each.",
            ]
        ),
        formatter_class=Help,
    )
    commands = parser.add_subparsers(
        prog="roipool", dest="command", required=True, metavar="COMMAND"
    )
    for command in COMMANDS:
        command.add_to(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Its exit code, or 2 with a message where something is not understood."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = program().parse_args(given)
    options.line = shlex.join(["roipool", *given])
    try:
        code: int = options.run(options)
        # Here, and not when Python ends, whoever does not read is noticed.
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Python would flush it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        about = f"{error.filename}: {error.strerror}" if error.filename else error
        print(f"roipool {options.command}: {about}", file=sys.stderr)
    except (CommandError, RoIPoolError) as error:
        print(f"roipool {options.command}: {error}", file=sys.stderr)
    return 2
