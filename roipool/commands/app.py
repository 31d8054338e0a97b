"""``roipool app``: the visualiser, from whatever folder."""

import argparse
import errno
import os
import socket
import threading
import time
import urllib.request
import webbrowser

from roipool.beside import MissingAppError, the_app
from roipool.commands.command import Command, CommandError
from roipool.commands.extras import EXTRAS, installed
from roipool.commands.values import number

ADDRESS, PORT, LAST_PORT = "127.0.0.1", 8501, 65535
_PATIENCE = 60  # s until it answers


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=number(1, LAST_PORT),
        metavar="N",
        help=f"default {PORT}, or the next that is free",
    )
    parser.add_argument(
        "--address",
        default=ADDRESS,
        metavar="ADDRESS",
        help=f"who is answered: {ADDRESS}, this machine alone (default), or 0.0.0.0, all others",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open it in a browser")


def _run(options: argparse.Namespace) -> int:
    with the_app("roipool app") as folder:
        from streamlit.web import cli
    for name in EXTRAS["app"]:
        if installed(name) is None:
            raise MissingAppError(f'{name} is not installed: pip install "roipool[app]"')
    port = options.port or free_port(options.address)
    if not options.no_browser:
        url = address_of(options.address, port)
        threading.Thread(target=open_once_it_answers, args=(url,), daemon=True).start()
    settings = (f"server.port={port}", f"server.address={options.address}")
    # What else there is to set stands in app/.streamlit/config.toml, which is read from anywhere.
    main = str(folder / "app" / "main.py")
    cli.main(["run", main, *(f"--{one}" for one in settings)], standalone_mode=False)
    return 0


def free_port(address: str, first: int = PORT) -> int:
    """The first port from `first` on that nobody listens to."""
    for port in range(first, LAST_PORT + 1):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            if os.name == "posix":  # where one that was left a moment ago counts as taken otherwise
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CommandError(f"nobody can listen at {address}: {error}") from error
            else:
                return port
    raise CommandError(f"every port from {first} on is taken")


def address_of(address: str, port: int) -> str:
    """Where a browser of this machine finds what listens at an address.

    Examples
    --------
    >>> address_of("0.0.0.0", 8501), address_of("::1", 80)
    ('http://127.0.0.1:8501', 'http://[::1]:80')
    """
    host = {"0.0.0.0": ADDRESS, "::": "::1"}.get(address, address)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def open_once_it_answers(url: str) -> None:
    """Open the app in a browser as soon as there is something to see."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.1)


COMMAND = Command(
    name="app",
    usage="[options]",
    help="start the visualiser and open it in a browser",
    description="""Start the visualiser, which lands on the article's example, and open it in a
    browser. Ctrl+C ends it. It is streamlit run app/main.py from whatever folder: Streamlit's
    environment variables (STREAMLIT_...) set what is not set here.""",
    examples=(
        ("", "on this machine"),
        ("--address 0.0.0.0 --port 80 --no-browser", "for a classroom"),
    ),
    arguments=_arguments,
    run=_run,
)
