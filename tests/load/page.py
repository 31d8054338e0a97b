"""What a browser keeps of a page: the elements that stand on it, and the messages it has stored."""

import json
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# As in the front end of Streamlit 1.67: an id is "$$ID-<hash>-<key>".
_BEFORE_KEY = 2


class ForgottenError(Exception):
    """The server refers to a message that is not stored any more."""


class Stored:
    """Large messages by their hash: a server that is told of them only sends the hash again.

    The browser names with each message to the server the hashes that it has; what was not used in
    the last runs of the script is forgotten. It lacks one only where a run ends between its message
    and the answer, and then shows an error.
    """

    def __init__(self) -> None:
        self.longest = 2
        self._kept: dict[str, tuple[bytes, int, str]] = {}
        self._runs = 0

    def hashes(self) -> list[str]:
        """What the server is told of."""
        return list(self._kept)

    def whole(self, message: ForwardMsg, raw: bytes) -> ForwardMsg:
        """A message, or the stored one that it stands for."""
        if message.WhichOneof("type") == "ref_hash":
            if message.ref_hash not in self._kept:
                raise ForgottenError("the server refers to a message that was forgotten meanwhile")
            kept, _, fragment = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = kept, self._runs, fragment
            whole = ForwardMsg.FromString(kept)
            whole.metadata.CopyFrom(message.metadata)
            return whole
        if message.metadata.cacheable and message.hash not in self._kept:
            self._kept[message.hash] = raw, self._runs, message.delta.fragment_id
        return message

    def ran(self, fragments: list[str]) -> None:
        """The script has run; of a fragment's run only what is the fragment's grows old."""
        self._runs += 1
        self._kept = {
            hash_: (raw, used, fragment)
            for hash_, (raw, used, fragment) in self._kept.items()
            if (fragments and fragment not in fragments) or self._runs - used <= self.longest
        }


@dataclass(slots=True)
class _Node:
    proto: Message
    run: int
    script: str
    fragment: str


@dataclass(slots=True)
class Page:
    """The elements that stand on a page, by their place."""

    run: int = 0
    main: str = ""
    fragments: list[str] = field(default_factory=list)
    _nodes: dict[tuple[int, ...], _Node] = field(default_factory=dict)
    # Both are asked for several times an answer.
    _widgets: dict[str, Message] | None = None
    _read: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def begin(self, main: str, fragments: list[str]) -> None:
        """The script starts; what it does not send again will be gone."""
        self.run += 1
        self.main, self.fragments = main, fragments

    def take(self, message: ForwardMsg) -> Message | None:
        """Put the element or block of a message into its place, and give it back."""
        # Each of these is a look into the message, and they are many.
        delta, metadata = message.delta, message.metadata
        kind = delta.WhichOneof("type")
        if kind not in ("new_element", "add_block"):
            return None
        proto: Message = getattr(delta, kind)
        place, script = tuple(metadata.delta_path), metadata.active_script_hash
        self._widgets = None
        self._nodes[place] = _Node(proto, self.run, script, delta.fragment_id)
        return proto

    def end(self) -> None:
        """The script has run to its end."""
        self._widgets = None
        self._nodes = {
            place: node
            for place, node in self._nodes.items()
            if node.run == self.run or (self.fragments and node.fragment not in self.fragments)
        }

    def elements(self, kind: str = "") -> list[Element]:
        """Those that stand there, of one kind or of all."""
        found = [node.proto for node in self._nodes.values() if isinstance(node.proto, Element)]
        return [one for one in found if not kind or one.WhichOneof("type") == kind]

    def ids(self, *, lasting: bool = False) -> set[str]:
        """Of the widgets; of those that last, whatever page is gone to."""
        of = (n for n in self._nodes.values() if not lasting or n.script == self.main)
        return {id_ for node in of if (id_ := id_of(node.proto))}

    def widgets(self) -> dict[str, Message]:
        """The widgets, by the key that the script gives them."""
        if self._widgets is None:
            self._widgets = {}
            for node in self._nodes.values():
                parts = id_of(node.proto).split("-", _BEFORE_KEY)
                if len(parts) > _BEFORE_KEY:
                    self._widgets[parts[_BEFORE_KEY]] = inner(node.proto)
        return self._widgets

    def data(self, key: str) -> dict[str, Any]:
        """What a component was sent."""
        raw = self.widgets()[key].json
        if self._read.get(key, ("", {}))[0] != raw:
            self._read[key] = raw, json.loads(raw)["figure"]
        return self._read[key][1]

    def exceptions(self) -> list[str]:
        """What is shown in red where something has failed."""
        shown = (one.exception for one in self.elements("exception"))
        return [f"{one.type}: {one.message}" for one in shown]


def inner(proto: Message) -> Message:
    """The message of an element's own kind; a block as it is."""
    if not isinstance(proto, Element):
        return proto
    kind = proto.WhichOneof("type")
    return getattr(proto, kind) if kind else proto


def id_of(proto: Message) -> str:
    """The id of a widget; empty where it is none."""
    within = inner(proto)
    if isinstance(within, Message) and "id" in within.DESCRIPTOR.fields_by_name:
        return str(within.id)
    return ""
