"""Who goes to which process, and what nginx adds: with stand-ins for the app."""

import asyncio
import re
from collections import Counter

import pytest

from app.serving.headers import HEADERS
from deploy.__main__ import main
from deploy.upstreams import COOKIE, upstreams
from tests.load.fetch import Line

from .proxy import NGINX, SHIPPED, Proxy
from .stubs import CODE, Stub

PROCESSES = 4


@pytest.fixture(scope="module", autouse=True)
def nginx():
    if NGINX is None:
        pytest.skip("nginx is not installed")


@pytest.fixture(scope="module")
def stubs():
    there = [Stub() for _ in range(PROCESSES)]
    yield there
    for one in there:
        one.end()


@pytest.fixture(scope="module")
def proxy(stubs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    with Proxy(folder, [one.address for one in stubs]) as running:
        yield running


@pytest.fixture
def ask(proxy):
    """What a browser with these cookies is answered; the cookies are kept."""

    def asked(cookies=None, path="/", method="get", **headers):
        async def once():
            line = Line(proxy.url)
            line.cookies = {} if cookies is None else cookies
            try:
                if method == "put":
                    return await line.put_file(path, "a.bin", bytes(2_000_000), **headers)
                return await line.get(path, **headers)
            finally:
                line.close()

        return asyncio.run(once())

    return asked


def place(cookies):
    """The number of the process that a cookie names, from 0 on."""
    return int(re.match(r"p(\d+)\.[0-9a-f]{32}$", cookies[COOKIE])[1]) - 1


def test_a_reader_stays_where_the_first_answer_came_from(ask, stubs):
    cookies = {}
    first = ask(cookies)
    assert first.json()["port"] == stubs[place(cookies)].port
    was = dict(cookies)
    for path in ("/_stcore/health", "/_stcore/stream", "/media/a.csv", "/sizes?x=1"):
        told = ask(cookies, path).json()
        assert (told["port"], told["path"]) == (first.json()["port"], path)
    assert cookies == was


def test_the_cookie_is_sent_once_beside_those_of_the_app(ask):
    cookies = {}
    ask(cookies)
    assert set(cookies) == {COOKIE, "_streamlit_xsrf"}
    had = {COOKIE: cookies[COOKIE]}
    assert COOKIE not in ask(had).headers["set-cookie"]


def test_a_class_behind_one_address_spreads_over_all(ask, stubs):
    ports = Counter(ask().json()["port"] for _ in range(5 * PROCESSES))
    assert ports == {one.port: 5 for one in stubs}


def test_who_loses_a_process_goes_to_another_with_all_tabs_and_stays_there(ask, stubs):
    readers = [{} for _ in range(4 * PROCESSES)]
    for cookies in readers:
        ask(cookies)
    gone = stubs[1]
    lost = [cookies for cookies in readers if place(cookies) == 1]
    kept = [dict(cookies) for cookies in readers if place(cookies) != 1]
    assert len(lost) == 4
    gone.end()
    try:
        found = []
        for cookies in lost:
            other_tab, same = dict(cookies), cookies[COOKIE].partition(".")[2]
            port = ask(cookies).json()["port"]
            assert ask(other_tab).json()["port"] == port
            assert cookies[COOKIE] == other_tab[COOKIE] == f"p{place(cookies) + 1}.{same}"
            assert stubs[place(cookies)].port == port != gone.port
            found.append(port)
        for cookies in kept:
            assert ask(dict(cookies)).json()["port"] == stubs[place(cookies)].port
        # New ones do not notice either.
        assert gone.port not in {ask().json()["port"] for _ in range(2 * PROCESSES)}
    finally:
        gone.start()
    assert [ask(cookies).json()["port"] for cookies in lost] == found


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/_stcore/stream"])
def test_what_goes_on_to_another_process_is_whole(ask, stubs, path):
    cookies = {}
    ask(cookies)
    gone = stubs[place(cookies)]
    gone.end()
    try:
        told = ask(cookies, path, "put", Upgrade="websocket").json()
    finally:
        gone.start()
    assert told["port"] == stubs[place(cookies)].port != gone.port
    assert told["path"] == path
    assert 2_000_000 < told["length"] < 2_001_000
    assert (told["headers"]["upgrade"], told["headers"]["connection"]) == ("websocket", "upgrade")


def test_a_cookie_that_nobody_has_given_is_replaced(ask, stubs):
    for made_up in ("p99." + "0" * 32, "p1", "x; y", "p2.<script>"):
        cookies = {COOKIE: made_up}
        assert ask(cookies).json()["port"] == stubs[place(cookies)].port


def test_the_app_is_told_who_asks_and_for_which_host(ask, proxy):
    said = {"X_Forwarded_For": "127.0.0.7", "X_Forwarded_Proto": "https"}
    told = ask(**said).json()["headers"]
    assert told["host"] == f"127.0.0.1:{proxy.port}"
    assert (told["x-forwarded-for"], told["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert "upgrade" not in told


def test_the_server_s_own_figures_are_nobody_s_business(ask):
    for path in ("/_stcore/metrics", "/lab/_stcore/metrics", "/_stcore/%6detrics"):
        assert ask(path=path).status == 404


def test_code_is_packed_and_an_upload_has_a_limit(ask):
    told = ask(path="/static/js/main.js")
    assert told.headers["content-encoding"] == "gzip"
    assert told.body.decode() == CODE
    assert told.bytes < len(CODE) / 4
    many = {"Content-Length": str(7 * 2**20)}
    assert ask(path="/", method="get", **many).status == 413


def test_no_header_of_the_app_is_set_twice():
    told = "".join(path.read_text() for path in SHIPPED.iterdir())
    assert [name for name in (*HEADERS, "Content-Security-Policy") if name in told] == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """One that nobody trusts, and its key."""
    import subprocess

    folder = tmp_path_factory.mktemp("certificate")
    paths = [str(folder / name) for name in ("key.pem", "full.pem")]
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost"
    command = ["openssl", *asked.split(), "-keyout", paths[0], "-out", paths[1]]
    subprocess.run(command, check=True, capture_output=True)
    return paths


def test_nginx_takes_what_is_shipped(tmp_path, certificate):
    key, full = certificate
    four = [f"127.0.0.1:{8501 + n}" for n in range(4)]
    assert Proxy(tmp_path / "http", four).tested() == ""
    https = Proxy(
        tmp_path / "https",
        four,
        "roipool-https.conf",
        ssl_certificate=full,
        ssl_certificate_key=key,
    )
    assert https.tested() == ""


def test_a_mistake_in_what_is_shipped_would_be_noticed(tmp_path):
    proxy = Proxy(tmp_path / "http", ["127.0.0.1:8501"])
    with (proxy.folder / "roipool" / "server.inc").open("a") as told:
        told.write("proxy_pas http://nobody;\n")
    assert "proxy_pas" in proxy.tested()


def test_the_shipped_processes_are_those_of_the_command(capsys):
    assert main(["--processes", "4", "--nginx"]) == 0
    assert capsys.readouterr().out == (SHIPPED / "upstreams.conf").read_text()


@pytest.mark.parametrize(
    ("addresses", "why"),
    [([], "one process"), (["127.0.0.1"], "host:port"), (["a:1; }"], "host:port")],
)
def test_an_address_that_is_none_is_told(addresses, why):
    with pytest.raises(ValueError, match=why):
        upstreams(addresses)
