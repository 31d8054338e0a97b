"""What the app needs of Streamlit's settings, whoever started it and wherever.

app/.streamlit/config.toml says it, and Streamlit reads that file from any working directory, since
it lies beside the script. An environment variable or a flag may still say otherwise: what must not
be otherwise is set again here, and what may be is told in the log.
"""

import ipaddress
from typing import Any

from streamlit import config

# Collecting garbage after each run of the script took nine tenths of the server's time.
_NEEDED: dict[str, Any] = {"runner.postScriptGC": False}
# Whoever runs the app may have reasons; whoever does not know of it should.
_EXPECTED: dict[str, Any] = {
    "server.maxUploadSize": 5,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
}
_LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"]


def enforce() -> None:
    """Set what the app cannot do without."""
    for name, value in _NEEDED.items():
        config.set_option(name, value)
    if is_loopback(config.get_option("server.address")) and not config.get_option(
        "server.allowedHosts"
    ):
        # A page elsewhere could have its own name point to this machine, and so talk to the app.
        config.set_option("server.allowedHosts", _LOOPBACK_NAMES)


def missing() -> list[str]:
    """What is otherwise than the app expects, a sentence for each, for whoever reads the log."""
    found = [
        f"{name} is {config.get_option(name)!r}; the app is made for {value!r}"
        for name, value in _EXPECTED.items()
        if config.get_option(name) != value
    ]
    if not is_loopback(config.get_option("server.address")) and not config.get_option(
        "server.allowedHosts"
    ):
        found.append("the app is open to other machines; server.allowedHosts names none of its own")
    return found


def base_path() -> str:
    """The path under which the app lies: "" or "/" and a name.

    Examples
    --------
    >>> base_path()
    ''
    """
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


def is_loopback(address: str | None) -> bool:
    """Whether an address is reached from this machine alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback(None)
    (True, False, False)
    """
    if address == "localhost":
        return True
    try:
        return bool(address) and ipaddress.ip_address(str(address)).is_loopback
    except ValueError:
        return False
