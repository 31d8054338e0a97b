"""Stand-ins for the app's processes: each answers with what it was asked, and can be ended."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

CODE = "const long = 1;\n" * 500


class Handler(BaseHTTPRequestHandler):
    """Tells what it was asked; of a script, its code."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.endswith(".js"):
            self._send(CODE, "text/javascript")
            return
        length = int(self.headers.get("Content-Length", 0))
        told = {
            "port": self.server.server_port,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "length": len(self.rfile.read(length)),
        }
        self._send(json.dumps(told), "application/json")

    def do_PUT(self):
        self.do_GET()

    def _send(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "_streamlit_xsrf=1; Path=/")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


class Stub:
    """One stand-in, which listens from ``start`` to ``end``, each time on the same port."""

    def __init__(self):
        self.port = 0
        self.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def end(self):
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = None
