"""The app under a path and a name of its own, behind nginx: nothing is rewritten."""

import asyncio

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.serving.addresses import address
from tests.load.fetch import Line
from tests.sampling import SAMPLING

from .proxy import NGINX, Proxy
from .supervised import Processes

SAID = {
    "STREAMLIT_SERVER_BASE_URL_PATH": "lab",
    "STREAMLIT_SERVER_ALLOWED_HOSTS": "roipool.example *.school.example",
}


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx is not installed")
    if not SAMPLING.exhaustive:
        pytest.skip("starts a server for few questions: with --exhaustive")
    folder = tmp_path_factory.mktemp("base")
    with (
        Processes(folder, 1, **SAID) as processes,
        Proxy(folder / "nginx", processes.addresses) as running,
    ):
        yield running


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lab/", 200),
        ("/lab/sizes", 200),
        ("/lab/" + address("stage.js"), 200),
        ("/lab/_stcore/health", 200),
        ("/lab/_stcore/metrics", 404),
        ("/_stcore/health", 404),
    ],
)
def test_the_app_is_under_its_path_and_nowhere_else(proxy, path, status):
    async def asked():
        line = Line(proxy.url)
        try:
            return await line.get(path)
        finally:
            line.close()

    assert asyncio.run(asked()).status == status


async def socket_of(proxy, host):
    """The status with which a reader's socket is answered who asks for a host."""
    address, there = f"ws://{host}/lab/_stcore/stream", {"host": "127.0.0.1", "port": proxy.port}
    try:
        async with connect(
            address, origin=f"http://{host}", subprotocols=["streamlit"], proxy=None, **there
        ) as socket:
            return socket.response.status_code, socket.response.headers.get("Set-Cookie", "")
    except InvalidStatus as refused:
        return refused.response.status_code, ""


@pytest.mark.parametrize("host", ["roipool.example", "lab.school.example:8080"])
def test_a_socket_under_a_name_of_the_app_s_is_answered_with_the_cookie(proxy, host):
    status, cookie = asyncio.run(socket_of(proxy, host))
    assert status == 101
    assert cookie.startswith("roipool_at=p1.")
    assert "HttpOnly; SameSite=Lax" in cookie


def test_a_socket_under_another_name_is_refused(proxy):
    assert asyncio.run(socket_of(proxy, "elsewhere.example"))[0] == 403
