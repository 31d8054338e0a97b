"""What a browser says of a figure's state must be JSON; otherwise it is not handed on.

Streamlit reads such a state in every run that follows, before any code of the app, and fails each
time: one message would break a reader's page until it is loaded again.
"""

import json

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class Sieve:
    """Takes what is no JSON out of the messages to the app inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request; of a socket's messages what can be read."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                return {**message, "bytes": sifted(message["bytes"])}
            return message

        await self.app(scope, received, send)


def sifted(raw: bytes) -> bytes:
    """A message of the browser without the states that are no JSON; the same where there is none.

    Examples
    --------
    >>> message = BackMsg()
    >>> figure = message.rerun_script.widget_states.widgets.add(id="figure", json_value="[")
    >>> BackMsg.FromString(sifted(message.SerializeToString())).rerun_script.widget_states.widgets
    []
    """
    try:
        message = BackMsg.FromString(raw)
    except DecodeError:  # Streamlit says so itself
        return raw
    widgets = message.rerun_script.widget_states.widgets
    kept = [each for each in widgets if _is_state(each.json_value)]
    if len(kept) == len(widgets):
        return raw
    del widgets[:]
    widgets.extend(kept)
    sent: bytes = message.SerializeToString()
    return sent


def _is_state(told: str) -> bool:
    """Whether a text is JSON; of widgets that are no figures it is empty."""
    try:
        if told:
            json.loads(told)
    except (ValueError, RecursionError):
        return False
    return True
