"""What does not get as far as Streamlit: too many uploads, and figures about the server."""

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from app.exercise.limits import MAX_HELD_MEGABYTES
from app.serving.settings import is_loopback

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
_METRICS = "/_stcore/metrics"


class Gate:
    """Answers what the app inside should not be asked, and hands on the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or hand it on."""
        answer = _refusal(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    upload = _UPLOAD.search(scope["path"])
    if scope["method"] == "PUT" and upload and _held(upload[1]) > MAX_HELD_MEGABYTES * 2**20:
        return PlainTextResponse("This session holds too many files already", 413)
    asker = scope["client"][0] if scope.get("client") else None
    if scope["path"].endswith(_METRICS) and not is_loopback(asker):
        return PlainTextResponse("Not found", 404)
    return None


def _held(session: str) -> int:
    """Bytes of the files that a session has handed in and not taken away."""
    files = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return sum(len(each.data) for each in list(files.get(session, {}).values()))
