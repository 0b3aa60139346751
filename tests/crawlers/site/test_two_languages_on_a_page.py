"""A page that tells in Finnish and again in Swedish tells one activity with two languages."""

import datetime as dt

from crawlers.site import PageJob, ReadHere
from schemas.activity import Activity
from schemas.source import Source

SOURCE = Source(name="Muisti ry", id="muisti", url="https://muisti.example.fi/")
READ = ReadHere({"Kokkola": "272", "Karleby": "272", "Vaasa": "905", "Vasa": "905"}.get)
FINNISH = (
    "<h2>Suomeksi</h2><h3>Muistikahvila</h3><p>Kokoonnumme torstaisin klo 14–16, Isokatu 4, Kokkola.</p>"
)
PAGE = "https://muisti.example.fi/toiminta"


def read(body: str) -> tuple[Activity, ...]:
    html = f"<html lang='fi'><body><main><h1>Toimintaa – Verksamhet</h1>{body}</main></body></html>"
    moment = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    job = PageJob(SOURCE, moment.date(), PAGE, html.encode(), "text/html; charset=utf-8", "", "", moment)
    return READ(job).activities


def swedish(name: str, when: str, where: str = "Storgatan 4, Karleby") -> str:
    return f"<h3>{name}</h3><p>Vi träffas {when}, {where}.</p>"


def test_what_meets_at_the_same_times_in_the_same_town_is_a_translation() -> None:
    (found,) = read(f"{FINNISH}<h2>På svenska</h2>{swedish('Minnescafé', 'varje torsdag kl. 14–16')}")
    assert (found.title.fi, found.title.sv) == ("Muistikahvila", "Minnescafé")


def test_a_swedish_group_of_its_own_is_kept_with_its_title_in_swedish() -> None:
    found = read(f"{FINNISH}<h2>På svenska</h2>{swedish('Minnescafé', 'varje onsdag kl. 14–16')}")
    assert [(entry.title.fi, entry.title.sv) for entry in found] == [
        ("Muistikahvila", None),
        (None, "Minnescafé"),
    ]


def test_the_same_times_in_another_town_are_another_group() -> None:
    body = swedish("Minnescafé", "varje torsdag kl. 14–16", "Skolgatan 4, Vasa")
    assert len(read(f"{FINNISH}<h2>På svenska</h2>{body}")) == 2


def test_of_three_at_one_time_none_is_taken_for_a_translation() -> None:
    one = swedish("Minnescafé", "varje torsdag kl. 14–16")
    other = swedish("Sorggruppen", "varje torsdag kl. 14–16")
    assert len(read(f"{FINNISH}<h2>På svenska</h2>{one}{other}")) == 3
