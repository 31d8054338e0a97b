"""nginx as the current user, with the project's own configuration and a folder of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.upstreams import upstreams
from tests.machine import taken
from tests.server import ROOT, free_port

SHIPPED = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

# One that runs as root gives its workers to somebody who may not write into the folder.
_USER = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
_TEMPORARY = "".join(
    f"    {name}_temp_path temp;\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)
_MAIN = f"""\
{_USER}daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
{_TEMPORARY}    include conf.d/*.conf;
}}
"""


class Proxy:
    """nginx before processes of the app, from ``with`` to its end.

    Parameters
    ----------
    folder : where everything of it lies
    addresses : of the processes
    site : which of the shipped files it serves, and the names that are replaced in it
    """

    def __init__(
        self,
        folder: Path,
        addresses: Sequence[str],
        site: str = "roipool.conf",
        **replaced: str,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        for name in ("conf.d", "roipool", "temp"):
            (folder / name).mkdir(parents=True)
        (folder / "nginx.conf").write_text(_MAIN)
        shutil.copy(SHIPPED / "server.inc", folder / "roipool")
        (folder / "roipool" / "upstreams.conf").write_text(upstreams(addresses))
        told = re.sub(r"listen (\d+)", self._elsewhere, (SHIPPED / site).read_text())
        for name, value in replaced.items():
            told = re.sub(rf"(\b{name}\s+)[^;]+", rf"\g<1>{value}", told)
        (folder / "conf.d" / "site.conf").write_text(told)
        self._process: subprocess.Popen[bytes] | None = None

    def _elsewhere(self, listens: re.Match[str]) -> str:
        """Port 80 is the system's, and so are its neighbours."""
        return f"listen 127.0.0.1:{self.port if listens[1] == '80' else free_port()}"

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command())
        until = time.monotonic() + 20
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                self.__exit__(None, None, None)
                raise RuntimeError(f"nginx did not start:\n{self.log()}")
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)

    def tested(self) -> str:
        """What `nginx -t` has against it; nothing where all is well."""
        done = subprocess.run([*self._command(), "-t"], capture_output=True, text=True)
        return "" if done.returncode == 0 and "warn" not in done.stderr else done.stderr

    def processor(self) -> float:
        """Seconds of CPU that it has taken."""
        return sum(seconds for _, seconds in taken(self._process.pid)) if self._process else 0.0

    def log(self) -> str:
        """What nginx has to complain about."""
        told = self.folder / "error.log"
        return told.read_text() if told.exists() else ""

    def _command(self) -> list[str]:
        main = str(self.folder / "nginx.conf")
        # -e: what goes wrong before the configuration is read is told there as well.
        return [str(NGINX), "-e", "error.log", "-p", str(self.folder), "-c", main]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
