"""`vierelle crawl`, `status` and `explain` on a local web."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.output import wired
from tests.app.cli.conftest import Run
from tests.crawlers.site.worlds import event, html
from tests.web.misbehaving import MisbehavingServer, Reply, Request, validated

PROSE = (
    "<main><h1>Omaishoitajien vertaisryhmä</h1><p>Ryhmä kokoontuu tiistaisin klo 18–20 osoitteessa "
    "Torikatu 1, 80100 Joensuu. Ryhmä on maksuton.</p><p>Tiedustelut: 050 000 0123.</p></main>"
)


@pytest.fixture
def web(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MisbehavingServer]:
    with MisbehavingServer({"/": html(event("Ilta", "2030-01-01T18:00"))}) as server:
        lines = (
            "[[source]]",
            'name = "Kaiku ry"',
            'id = "kaiku"',
            f'url = "{server.url("/")}"',
            'municipality = "Joensuu"',
            f'allow_hosts = ["{server.host}"]',
            "delay = 0",
            "example = true",
        )
        (folder / "sources.toml").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setenv("VIERELLE_SOURCES", str(folder / "sources.toml"))
        yield server


def kept() -> dict[str, str]:
    """Titles of the records in the catalogue by id."""
    return {record.id: record.title.best() for record in wired().catalogue.records()}


def test_a_crawl_fills_the_catalogue_and_ends_with_one_report(run: Run, web: MisbehavingServer) -> None:
    shown = run("crawl")
    assert "1 sources" in shown
    assert "1 new" in shown
    assert kept() == {"kaiku-index-ilta": "Ilta"}


def test_a_crawl_says_what_is_to_be_done_next_and_only_where_there_is_something(
    run: Run, web: MisbehavingServer
) -> None:
    assert "`vierelle index`" in run("crawl")
    run("index")
    assert "`vierelle index`" not in run("crawl")


def test_what_keeps_a_page_from_being_fetched_is_told_with_advice(
    run: Run, web: MisbehavingServer, folder: Path
) -> None:
    file = folder / "sources.toml"
    file.write_text(file.read_text("utf-8").replace("allow_hosts", "# allow_hosts"), "utf-8")
    assert "name it in `allow_hosts`" in run("crawl", code=5)


def test_the_report_as_json_tells_each_source_and_the_sums(run: Run, web: MisbehavingServer) -> None:
    web.routes["/"] = validated(html(event("Ilta", "2030-01-01T18:00")).body)
    run("crawl")
    report = json.loads(run("crawl", "--json"))
    (source,) = report["sources"]
    assert (source["source"], source["outcome"], source["unchanged"], source["not_modified"]) == (
        "kaiku",
        "ok",
        1,
        1,
    )
    assert source["oldest"]
    assert report["totals"]["sources_ok"] == 1
    runs = wired().catalogue.runs("kaiku")
    assert json.loads(runs[0].report)["not_modified"] == 1


def test_a_source_that_fails_gives_code_5_and_loses_nothing(run: Run, web: MisbehavingServer) -> None:
    run("crawl")
    web.routes["/"] = Reply(500)
    report = json.loads(run("crawl", "--json", code=5))
    assert report["sources"][0]["outcome"] == "failed"
    assert report["failures"] == {"http-500": 1}
    assert kept() == {"kaiku-index-ilta": "Ilta"}


def test_a_source_that_turns_empty_raises_an_alarm_that_status_shows(
    run: Run, web: MisbehavingServer
) -> None:
    web.routes["/"] = html("".join(event(f"Ilta {n}", "2030-01-01T18:00") for n in range(10)))
    run("crawl")
    web.routes["/"] = html("<p>Tervetuloa</p>")
    run("crawl", code=5)
    run("index")
    status = json.loads(run("status", "--json", code=5))
    (source,) = status["sources"]
    assert (source["state"], source["active"]) == ("alarm", 10)
    assert source["alarms"]
    assert status["activities"] == 10


def test_an_unknown_source_and_place_are_told(run: Run, web: MisbehavingServer, folder: Path) -> None:
    run("crawl", "--source", "muu", code=3)
    file = folder / "sources.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Joensuu", "Eiole"), encoding="utf-8")
    run("crawl", code=4)


def test_status_knows_whether_the_index_is_up_to_date(run: Run, web: MisbehavingServer) -> None:
    assert json.loads(run("status", "--json", code=5))["index"]["state"] == "missing"
    run("crawl")
    run("index")
    assert json.loads(run("status", "--json"))["index"]["state"] == "current"
    web.routes["/"] = html(event("Ilta", "2030-01-01T18:00") + event("Muu", "2030-01-01T18:00"))
    run("crawl")
    assert json.loads(run("status", "--json", code=5))["index"]["state"] == "behind"
    assert "kaiku" in run("status", code=5)


def test_explain_shows_fields_with_their_sentences_and_what_is_missing(
    run: Run, web: MisbehavingServer
) -> None:
    web.routes["/ryhma"] = html(PROSE)
    page = json.loads(run("explain", web.url("/ryhma"), "--json"))
    (activity,) = page["activities"]
    fields = {field["name"]: field for field in activity["fields"]}
    assert activity["origin"] == "text"
    assert "Tue 18.00–20.00" in fields["schedule"]["value"]
    assert "tiistaisin klo 18–20" in fields["schedule"]["sentence"]
    assert fields["municipality"]["value"] == "Joensuu"
    assert "registration" in activity["missing"]
    assert "Torikatu 1" in run("explain", web.url("/ryhma"))


@pytest.mark.parametrize(
    ("head", "name"),
    [('<meta property="og:site_name" content="Lieksan Kaiku ry">', "Lieksan Kaiku ry"), ("", None)],
)
def test_explain_names_the_organisation_only_where_the_page_does(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, head: str, name: str | None
) -> None:
    (folder / "none.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("VIERELLE_SOURCES", str(folder / "none.toml"))
    with MisbehavingServer({"/ryhma": html(PROSE, head)}) as server:
        url, allowed = server.url("/ryhma"), ("--allow-host", server.host)
        (activity,) = json.loads(run("explain", url, *allowed, "--json"))["activities"]
        fields = {field["name"]: field["value"] for field in activity["fields"]}
        assert fields.get("organisation") == name
        assert ("organisation" in activity["missing"]) is (name is None)
        assert f"whose page: {name or 'the page does not tell'}" in run("explain", url, *allowed)


def test_explain_refuses_private_addresses_unless_they_are_allowed(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "none.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("VIERELLE_SOURCES", str(folder / "none.toml"))
    monkeypatch.setenv("VIERELLE_CONTACT", "yllapito@example.fi")
    with MisbehavingServer({"/": html(event("Ilta", "2030-01-01T18:00"))}) as server:
        run("explain", server.url("/"), code=1)
        assert server.paths == []
        assert "Ilta" in run("explain", server.url("/"), "--allow-host", server.host)


def test_the_schedule_shows_its_plan_and_does_what_is_due(run: Run, web: MisbehavingServer) -> None:
    (plan,) = json.loads(run("schedule", "--plan", "--json"))
    assert (plan["source"], plan["why"]) == ("kaiku", "first")
    run("schedule", "--once")
    assert json.loads(run("schedule", "--plan", "--json"))[0]["why"] == "planned"
    assert json.loads(run("status", "--json"))["index"]["state"] == "current"


def test_the_demo_does_not_begin_when_its_port_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run("demo", "--port", str(taken.getsockname()[1]), code=4)
    assert wired().catalogue.count() == 0


def test_the_demo_is_crawled_once_a_day(run: Run) -> None:
    first = run("demo", "--no-serve")
    assert "20 ok" in first
    second = run("demo", "--no-serve")
    assert "in the catalogue already" in second
    assert wired().catalogue.count() > 300


def test_an_interrupted_crawl_keeps_what_is_done(run: Run, web: MisbehavingServer, folder: Path) -> None:
    file = folder / "sources.toml"
    first = file.read_text(encoding="utf-8")
    second = first.replace('"kaiku"', '"hidas"').replace("Kaiku ry", "Hidas ry")
    second = second.replace("127.0.0.1", "localhost")  # a host of its own: both are crawled at once
    file.write_text(f"{first}\n\n{second}", encoding="utf-8")

    def interrupt(request: Request) -> Reply:
        if request.headers["host"].startswith("localhost"):
            deadline = time.monotonic() + 20
            while "Ilta" not in kept().values() and time.monotonic() < deadline:
                time.sleep(0.05)
            signal.raise_signal(signal.SIGINT)
        return html(event("Ilta", "2030-01-01T18:00"))

    web.routes["/"] = interrupt
    report = json.loads(run("crawl", "--json", code=130))
    assert report["interrupted"]
    assert (report["sources"][0]["source"], report["sources"][0]["outcome"]) == ("kaiku", "ok")
    assert kept()["kaiku-index-ilta"] == "Ilta"
