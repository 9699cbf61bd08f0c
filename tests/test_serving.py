"""The local server answers its own pages only."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from clearance_atlas.errors import OutputError
from clearance_atlas.serving import Rebuilds, address, make_server

received: list[dict[str, object]] = []


def accept(body: dict[str, object]) -> dict[str, object]:
    received.append(body)
    return {"saved": True}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    received.clear()
    (tmp_path / "atlas.html").write_text("<p>map</p>")
    server = make_server(tmp_path, start="atlas.html", port=0, posts={"/corrections": accept})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server: ThreadingHTTPServer, method: str, path: str, *, headers: dict[str, str] | None = None,
        body: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def own_origin(server: ThreadingHTTPServer) -> dict[str, str]:
    return {"Origin": address(server).rstrip("/")}


def test_listens_on_loopback_only(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_pages_are_served_inside_a_frame_that_reloads(server: ThreadingHTTPServer) -> None:
    status, frame = ask(server, "GET", "/")
    assert status == 200
    assert 'src="atlas.html"' in frame
    assert ask(server, "GET", "/atlas.html") == (200, "<p>map</p>")


def test_a_name_pointed_at_this_address_is_refused(server: ThreadingHTTPServer) -> None:
    status, _ = ask(server, "GET", "/atlas.html", headers={"Host": "attacker.example"})
    assert status == 403


def test_corrections_come_from_the_own_page_only(server: ThreadingHTTPServer) -> None:
    body = json.dumps({"toml": "x"})
    assert ask(server, "POST", "/corrections", body=body)[0] == 403
    assert ask(server, "POST", "/corrections", body=body, headers={"Origin": "http://attacker.example"})[0] == 403
    assert received == []
    assert ask(server, "POST", "/corrections", body=body, headers=own_origin(server))[0] == 200
    assert received == [{"toml": "x"}]


@pytest.mark.parametrize("body", ["", "[1]", "{"])
def test_what_is_no_correction_is_refused(server: ThreadingHTTPServer, body: str) -> None:
    assert ask(server, "POST", "/corrections", body=body, headers=own_origin(server))[0] == 400
    assert received == []


def test_a_body_longer_than_any_correction_is_refused_unread(server: ThreadingHTTPServer) -> None:
    headers = {**own_origin(server), "Content-Length": "1000001"}
    assert ask(server, "POST", "/corrections", body="", headers=headers)[0] == 400
    assert received == []


def test_a_waiting_page_is_told_of_a_rebuild() -> None:
    rebuilds = Rebuilds()
    threading.Timer(0.05, rebuilds.announce).start()
    assert rebuilds.after("1", seconds=10) == "2"


def test_a_taken_port_is_one_clear_line(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="choose another with --port"):
        make_server(tmp_path, start="atlas.html", port=server.server_address[1])
