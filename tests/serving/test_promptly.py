"""What is accepted sends at once, and nothing else that is open is touched."""

import os
import socket
from pathlib import Path

import pytest

from app.serving.promptly import send_promptly

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="a process cannot list what it has open"
)
LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


def sends_at_once(one):
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


@pytest.mark.parametrize("family", LOOPBACK)
def test_a_connection_sends_at_once_that_was_accepted_afterwards(family):
    # As Streamlit makes it: the protocol is left open, and asyncio then leaves it as it is.
    with socket.socket(family) as listener:
        try:
            listener.bind((LOOPBACK[family], 0))
        except OSError:
            pytest.skip("this machine has no such addresses")
        listener.listen()
        for expected in (False, True):
            address = listener.getsockname()[:2]
            with socket.create_connection(address), listener.accept()[0] as accepted:
                assert sends_at_once(accepted) == expected
            send_promptly()


def test_what_else_is_open_stays_as_it_is_and_nothing_more_is_open():
    with socket.socket() as other, open(os.devnull):
        before = os.listdir("/dev/fd")
        send_promptly()
        assert os.listdir("/dev/fd") == before
        assert not sends_at_once(other)
