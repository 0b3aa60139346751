"""`vierelle serve` says where it answers, ends cleanly, and tells in one line when the port is taken."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

CONFIG = Path(__file__).parents[3] / "config"
COMMAND = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())", "serve"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIERELLE_")}
    return {**kept, "VIERELLE_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def server(environment: dict[str, str], request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A server; a test may give it further settings as the fixture's parameter."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0"],
        env={**environment, **getattr(request, "param", {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background ignores this signal, and so would the server.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_where_it_says_and_ends_cleanly(
    server: subprocess.Popen[str], sign: signal.Signals
) -> None:
    assert server.stdout
    line = server.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert address, line
    with urllib.request.urlopen(address[0] + "tietosuoja?q=salainen", timeout=20) as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers
    server.send_signal(sign)
    out, err = server.communicate(timeout=20)
    assert server.returncode == 0
    assert out.strip() == "Vierelle: stopped."
    said = [line for line in err.splitlines() if not line.startswith("not ready: ")]  # there is no index
    assert len(said) == 1 and re.fullmatch(r"GET /tietosuoja 200 \d+\.\d", said[0])


def port_of(server: subprocess.Popen[str]) -> int:
    assert server.stdout
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    ("server", "told"),
    [
        ({"VIERELLE_PROXIES": "1"}, "https://tuki.example.fi/haku-tuki/olka/"),
        ({}, "http://127.0.0.1:{port}/olka/"),
    ],
    indirect=["server"],
)
def test_the_address_that_a_proxy_tells_counts_only_where_one_is_set(
    server: subprocess.Popen[str], told: str
) -> None:
    port = port_of(server)
    forwarded = {"Proto": "https", "Host": "tuki.example.fi", "Prefix": "/haku-tuki"}
    headers = {f"X-Forwarded-{name}": said for name, said in forwarded.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as asked:
        asked.request("GET", "/olka", headers=headers)
        with asked.getresponse() as answer:
            assert (answer.status, answer.headers["Location"]) == (308, told.format(port=port))


def test_a_body_too_large_is_refused_before_it_is_read(server: subprocess.Popen[str]) -> None:
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
        asked.sendall(b"POST /ohjauslista HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n")
        assert asked.recv(4096).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("points.toml", 'home = "167"', 'home = "16"'),
        ("county.toml", 'code = "pohjois-karjala"', 'code = "kainuu"'),  # edited by half
        ("paths.toml", "[[", "[[["),
    ],
)
def test_a_fault_in_an_edited_file_is_told_before_anybody_is_answered(
    environment: dict[str, str], tmp_path: Path, name: str, right: str, wrong: str
) -> None:
    """Every page needs the county: served all the same, each visitor would see a bare error."""
    shutil.copytree(CONFIG, tmp_path / "config")
    file = tmp_path / "config" / name
    file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    done = subprocess.run(
        [*COMMAND, "--port", "0"],
        env={**environment, "VIERELLE_CONFIG": str(tmp_path / "config")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (4, "")
    (line,) = done.stderr.splitlines()
    assert name in line


def test_a_taken_port_is_one_line_that_helps(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [*COMMAND, "--port", str(port)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line
