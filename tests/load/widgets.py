"""What a browser says of the widgets on a page: the values that have been given to them."""

import json
from collections.abc import Collection
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.WidgetStates_pb2 import WidgetState

# What a widget of a kind sends, as streamlit/proto/WidgetStates.proto names it.
_FIELDS = {
    "BidiComponent": "json_value",
    "Button": "trigger_value",
    "ButtonGroup": "string_array_value",
    "Checkbox": "bool_value",
    "FileUploader": "file_uploader_state_value",
    "NumberInput": "double_value",
    "PlotlyChart": "string_value",
    "Selectbox": "string_value",
    "Slider": "double_array_value",
    "TextArea": "string_value",
    "TextInput": "string_value",
}
# What has happened is told once.
_ONCE = ("trigger_value", "json_trigger_value")


class Values:
    """The values of the widgets, which every message to the server holds."""

    def __init__(self) -> None:
        self._states: dict[str, WidgetState] = {}

    def put(self, widget: Any, value: Any) -> None:
        """Give a widget a value: a text, a number, a list of them, JSON or a message."""
        field = field_of(widget)
        state = WidgetState(id=widget.id)
        if field.endswith("_array_value"):
            getattr(state, field).SetInParent()
            getattr(state, field).data.extend(value)
        elif isinstance(value, Message):
            getattr(state, field).CopyFrom(value)
        else:
            as_json = field == "json_value" and not isinstance(value, str)
            setattr(state, field, json.dumps(value) if as_json else value)
        self._states[widget.id] = state

    def trigger(self, widget: Any, name: str, value: Any) -> None:
        """Something has happened in a component; what is no text is sent as JSON."""
        told = json.dumps([{"event": name, "value": value}])
        id_ = f"$$STREAMLIT_INTERNAL_KEY_{widget.id}__events"
        self._states[id_] = WidgetState(id=id_, json_trigger_value=told)

    def set_by_script(self, widget: Any) -> None:
        """The script has given a widget its value, in place of what was said before."""
        if "set_value" in widget.DESCRIPTOR.fields_by_name and widget.set_value:
            self._states.pop(widget.id, None)

    def keep(self, ids: Collection[str]) -> None:
        """Forget the widgets that are not there any more."""
        self._states = {id_: state for id_, state in self._states.items() if id_ in ids}

    def told(self) -> list[WidgetState]:
        """All of them, for a message to the server."""
        told = list(self._states.values())
        self._states = {one.id: one for one in told if one.WhichOneof("value") not in _ONCE}
        return told


def field_of(widget: Any) -> str:
    """The field of a widget's value; a block that can be open or closed has a truth value."""
    return _FIELDS.get(widget.DESCRIPTOR.name, "bool_value")
