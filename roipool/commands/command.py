"""What a command is, and how its help looks."""

import argparse
import re
import shlex
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

EXAMPLES = "examples:"


class CommandError(ValueError):
    """What was asked for cannot be done; the error says why."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line.

    Attributes
    ----------
    name, usage : the word, and what stands after it
    help : half a sentence, for the list of commands
    description : what it does, paragraph by paragraph
    examples : (what stands after the name, what that does)
    arguments : adds them to a parser
    run : does it and returns the exit code
    """

    name: str
    usage: str
    help: str
    description: str
    examples: tuple[tuple[str, str], ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]

    def add_to(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]"
    ) -> argparse.ArgumentParser:
        """Put it among the others."""
        parser = commands.add_parser(
            self.name,
            usage=f"roipool {self.name} {self.usage}".rstrip(),
            help=self.help,
            description=self.description,
            epilog=self._examples(),
            formatter_class=Help,
            allow_abbrev=False,
        )
        self.arguments(parser)
        parser.set_defaults(run=self.run)
        return parser

    def _examples(self) -> str:
        lines = [EXAMPLES]
        for line, does in self.examples:
            lines += [f"  roipool {self.name} {line}".rstrip(), f"      {does}"]
        return "\n".join(lines)

    def parsed_examples(self) -> list[list[str]]:
        """Each example as the arguments that a shell makes of it, without where they are sent."""
        lines = (re.split(r" ?[|<>] ", line)[0] for line, _ in self.examples)
        return [[self.name, *shlex.split(line)] for line in lines]


class Help(argparse.HelpFormatter):
    """Paragraphs stay apart and examples as they are; every version of Python writes the same."""

    def __init__(self, prog: str, width: int | None = None) -> None:
        super().__init__(prog, max_help_position=28, width=width)

    def add_argument(self, action: argparse.Action) -> None:
        """Commands are listed by the program itself; each version lays them out in its own way."""
        if not isinstance(action, argparse._SubParsersAction):
            super().add_argument(action)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if text.partition("\n")[0].endswith(":"):
            return text  # a list under its name
        paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
        return "\n\n".join(textwrap.fill(part, width) for part in paragraphs)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings:
            return super()._format_action_invocation(action)
        names = ", ".join(action.option_strings)
        if action.nargs == 0:
            return names
        return f"{names} {self._format_args(action, action.dest.upper())}"
