"""Whether the reader of a session is still there, for work that would go on for nobody."""

from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def of_reader() -> Callable[[], bool]:
    """For the session at hand: a function that tells, in any thread, if its browser is connected.

    On whichever page: a session is connected as long as its tab is open, while its state is kept
    for minutes after. A page that is loaded again has another session. Where no server runs,
    somebody is always there.

    Examples
    --------
    >>> of_reader()()
    True
    """
    context = get_script_run_ctx(suppress_warning=True)
    session = context.session_id if context else None

    def here() -> bool:
        if session is None or not runtime.exists():
            return True
        try:
            return runtime.get_instance().is_active_session(session)
        except RuntimeError:  # the server has just ended, and all jobs end with it
            return True

    return here
