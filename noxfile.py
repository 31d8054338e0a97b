# /// script
# dependencies = ["nox>=2025.2.9"]
# ///
"""What is run by hand, each under a name: ``nox -l`` lists it, ``nox -s lint`` runs one.

``.ci/run`` checks the same from a clean clone and needs no nox.
"""

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True

DEV, BENCH = "requirements-dev.txt", "requirements-bench.txt"


@nox.session
def lint(session: nox.Session) -> None:
    """Style, and the layout of the code."""
    session.install("-r", DEV)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types of the library and the app."""
    session.install("-r", DEV)
    session.run("mypy", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Tests and examples, but for those in a browser: ``nox -s tests -- tests/files``."""
    session.install("-r", DEV)
    session.run("pytest", "--ignore=tests/browser", *session.posargs)


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """The app in the Chromium, Chrome or Edge that is installed."""
    session.install("-r", DEV)
    session.run("pytest", *(session.posargs or ["tests/browser"]))


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """The library beside its peers; minutes, on a machine that does nothing else."""
    session.install("-r", "requirements.txt", "-r", BENCH)
    session.run("python", "-m", "roipool.bench", *session.posargs)


if __name__ == "__main__":
    nox.main()
