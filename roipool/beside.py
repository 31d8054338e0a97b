"""The app beside the library: where it lies, and how what needs it comes by it.

Its packages are called ``app`` and ``pages``, as many people's own are. So a wheel has them inside,
in ``roipool/_app``, and puts nothing but ``roipool`` among other people's packages; a checkout has
them beside ``roipool``. Whoever needs them has that folder put on the path first.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roipool.errors import RoIPoolError

_PACKAGE = Path(__file__).parent
_NEEDS = (
    "{what} needs the app beside the library, and {name} is not installed: "
    'pip install "roipool[{extra}]", or in a checkout of the project pip install -r {file}.'
)


class MissingAppError(RoIPoolError):
    """The app, or what it stands on, is not there; the error says what to install."""


def app_folder() -> Path | None:
    """The folder in which ``app``, ``pages`` and ``assets`` lie, if they are there.

    Examples
    --------
    >>> (app_folder() / "app" / "main.py").is_file()
    True
    """
    places = (_PACKAGE / "_app", _PACKAGE.parent)
    return next((place for place in places if (place / "app" / "main.py").is_file()), None)


@contextmanager
def the_app(what: str, extra: str = "app") -> Iterator[Path]:
    """The folder of the app, in a block that imports from it.

    Parameters
    ----------
    what : needs it, for the message
    extra : of the package, which brings what it needs

    Raises
    ------
    MissingAppError
        It is not there, or something that the block imports.

    Examples
    --------
    >>> with the_app("this"):
    ...     from app.text import Text
    >>> with the_app("this"):
    ...     import nowhere
    Traceback (most recent call last):
    ...
    roipool.beside.MissingAppError: this needs the app beside the library, and nowhere is not \
installed: pip install "roipool[app]", or in a checkout of the project pip install -r \
requirements.txt.
    """
    folder = app_folder()
    if folder is None:
        raise MissingAppError(_told(what, "it", extra))
    loaded = getattr(sys.modules.get("app"), "__file__", None)
    if loaded and Path(loaded).resolve().parent != (folder / "app").resolve():
        raise MissingAppError(f"{what} needs roipool's app, and {loaded} has been imported as app.")
    # Before the folder that a program is started in, where another app.py may lie.
    place = str(folder)
    sys.path[:] = [place, *(other for other in sys.path if other != place)]
    try:
        yield folder
    except ModuleNotFoundError as error:
        raise MissingAppError(_told(what, error.name, extra)) from error


def _told(what: str, name: str | None, extra: str) -> str:
    file = "requirements.txt" if extra == "app" else "requirements-dev.txt"
    return _NEEDS.format(what=what, name=name, extra=extra, file=file)
