"""Streamlit's command; standard output tells of full collections of garbage and of connections."""

import gc
import socket
import sys


def spy(phase, info):
    if phase == "start" and info["generation"] == 2:
        print("collecting everything", flush=True)


class Spied(socket.socket):
    """A socket that says of what it accepts whether that sends at once."""

    def accept(self):
        one, address = super().accept()
        at_once = one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        print("accepted, sends", "at once" if at_once else "when it may", flush=True)
        return one, address


if __name__ == "__main__":
    from streamlit.web.cli import main

    gc.callbacks.append(spy)
    socket.socket = Spied
    sys.argv[0] = "streamlit"
    main()
