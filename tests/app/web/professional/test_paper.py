"""The printer of PDFs reads our own files only."""

import http.server
import queue
import re
import threading
from pathlib import Path

import pytest

from app.web.assets import Assets
from app.web.professional.paper import MOST_AT_ONCE, OWN, pdf
from app.web.site import HERE
from schemas.errors import PressBusy
from tests.app.web.professional.pdf_reading import inflated, pages


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(HERE / "static")


def test_the_printer_opens_no_connection_and_no_file(assets: Assets, tmp_path: Path) -> None:
    asked: list[str] = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            return

    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        here = f"http://127.0.0.1:{server.server_port}"
        page = (
            f'<link rel="stylesheet" href="{here}/a.css"><link rel="stylesheet" href="{secret.as_uri()}">'
            f'<img src="{here}/b.png"><object data="{here}/c.svg"></object>'
            f'<p style="background: url({here}/d.png)">x</p><img src="data:image/png;base64,AAAA">'
        )
        made = pdf(lambda _room: page, assets)
        server.shutdown()
        thread.join()
    assert made.startswith(b"%PDF-")
    assert asked == []


def test_our_own_type_is_in_the_paper(assets: Assets) -> None:
    style = f'<link rel="stylesheet" href="{OWN}{assets["css/handout_pdf.css"].url}">'
    made = pdf(lambda _room: f"<html lang=fi><title>t</title>{style}<p>äö</p>", assets)
    assert re.search(rb"/BaseFont\s*/\w+\+Source-?\s?Sans", inflated(made))


@pytest.mark.parametrize(
    ("sides", "sides_without", "room"), [(1, 1, True), (2, 1, False), (2, 2, True), (3, 2, False)]
)
def test_room_to_write_gives_way_only_where_a_side_is_saved(
    assets: Assets, sides: int, sides_without: int, room: bool
) -> None:
    def drawn(room: bool) -> str:
        leaves = '<p style="break-after: page">x</p>' * ((sides if room else sides_without) - 1)
        return f"<html lang=fi><title>t</title>{leaves}<p>{'with' if room else 'without'}</p>"

    assert pages(pdf(drawn, assets)) == (sides if room else sides_without)


def test_hand_outs_leave_threads_free_for_searching(assets: Assets) -> None:
    ended = threading.Event()
    outcomes: queue.SimpleQueue[bytes | PressBusy] = queue.SimpleQueue()

    def slow(_room: bool) -> str:
        assert ended.wait(30)
        return "<p>x</p>"

    def printing() -> None:
        try:
            outcomes.put(pdf(slow, assets))
        except PressBusy as busy:
            outcomes.put(busy)

    threads = [threading.Thread(target=printing) for _ in range(MOST_AT_ONCE + 2)]
    for thread in threads:
        thread.start()
    refused = [outcomes.get(timeout=30) for _ in range(2)]
    ended.set()
    for thread in threads:
        thread.join()
    made = [outcomes.get(timeout=30) for _ in range(MOST_AT_ONCE)]
    assert all(isinstance(outcome, PressBusy) for outcome in refused)
    assert all(isinstance(outcome, bytes) for outcome in made)
    assert pdf(lambda _room: "<p>x</p>", assets).startswith(b"%PDF-")
