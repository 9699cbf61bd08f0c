"""A small local server: the built pages on 127.0.0.1 only, reloading when they are rebuilt.

The pages themselves allow no connection (their Content-Security-Policy says ``default-src 'none'``), so the page that
listens for rebuilds is a frame around them, made here.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from clearance_atlas.errors import ClearanceAtlasError, OutputError

LOOPBACK = "127.0.0.1"
LONGEST_BODY = 1_000_000
WAIT_FOR_REBUILD_SECONDS = 20

FRAME = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clearance Atlas</title>
<style>html,body{margin:0;height:100%}iframe{border:0;display:block;width:100%;height:100%}</style></head>
<body><iframe id="page" title="Clearance Atlas" src="START"></iframe>
<script>
const page = document.getElementById("page");
const listen = async (version) => {
  try {
    const next = await (await fetch("/version?after=" + version)).text();
    if (version && next !== version) page.contentWindow.location.reload();
    listen(next);
  } catch { setTimeout(listen, 1000, version); }
};
listen("");
</script></body></html>
"""

PostHandler = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Rebuilds:
    """Counts rebuilds and lets requests wait for the next one."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._version = 1

    def announce(self) -> None:
        """Wake every open page."""
        with self._condition:
            self._version += 1
            self._condition.notify_all()

    def after(self, version: str, *, seconds: float) -> str:
        """Return the current version once it differs from ``version``, or after ``seconds``."""
        with self._condition:
            self._condition.wait_for(lambda: str(self._version) != version, timeout=seconds)
            return str(self._version)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, start: str, rebuilds: Rebuilds,  # noqa: ANN401 - the signature of the base class
                 posts: Mapping[str, PostHandler], **kwargs: Any) -> None:  # noqa: ANN401 - the same
        self.start, self.rebuilds, self.posts = start, rebuilds, posts
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if not self._is_own_host():
            return
        path, _, query = self.path.partition("?")
        if path == "/":
            self._answer(FRAME.replace(b"START", self.start.encode()), content_type="text/html; charset=utf-8")
        elif path == "/version":
            version = self.rebuilds.after(query.removeprefix("after="), seconds=WAIT_FOR_REBUILD_SECONDS)
            self._answer(version.encode(), content_type="text/plain")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        if not (self._is_own_host() and self._is_own_origin()):
            return
        handle = self.posts.get(self.path)
        if handle is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        try:
            answer, status = handle(self._body()), HTTPStatus.OK
        except (ClearanceAtlasError, ValueError) as error:
            answer, status = {"error": str(error)}, HTTPStatus.BAD_REQUEST
        self._answer(json.dumps(answer).encode(), content_type="application/json", status=status)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay silent: the terminal belongs to the build's own lines."""

    def _is_own_host(self) -> bool:
        # A page elsewhere can point a name of its own at this address; only our own names are answered.
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") in {f"{LOOPBACK}:{port}", f"localhost:{port}"}:
            return True
        self.send_error(HTTPStatus.FORBIDDEN, "foreign host")
        return False

    def _is_own_origin(self) -> bool:
        if self.headers.get("Origin") == f"http://{self.headers.get('Host')}":
            return True
        self.send_error(HTTPStatus.FORBIDDEN, "foreign origin")
        return False

    def _body(self) -> Mapping[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LONGEST_BODY:
            message = "the request holds nothing, or more than a correction can"
            raise ValueError(message)
        body = json.loads(self.rfile.read(length))
        if not isinstance(body, dict):
            message = "a JSON object is expected"
            raise ValueError(message)  # noqa: TRY004 - the sender's value, not a programmer's type
        return body

    def _answer(self, content: bytes, *, content_type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def make_server(folder: Path, *, start: str, port: int = 8000, rebuilds: Rebuilds | None = None,
                posts: Mapping[str, PostHandler] | None = None) -> ThreadingHTTPServer:
    """Return a server of ``folder`` on 127.0.0.1; ``/`` shows ``start`` and reloads it after each rebuild.

    ``posts`` handle JSON objects sent by pages of this very origin; others are refused. Port 0 takes any free one.

    Raises
    ------
    OutputError
        If the port is taken.
    """
    handler = partial(_Handler, directory=str(folder), start=start, rebuilds=rebuilds or Rebuilds(),
                      posts=posts or {})
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), handler)
    except OSError as error:
        raise OutputError(f"port {port}", f"cannot be opened ({error.strerror or error})",
                          mend="choose another with --port") from error
    server.daemon_threads = True
    return server


def address(server: ThreadingHTTPServer) -> str:
    """Return the address to open in a browser."""
    return f"http://{LOOPBACK}:{server.server_port}/"
