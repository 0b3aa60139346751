"""Pages full of days and hours on which nobody is asked to come: they give no activity."""

import datetime as dt

import pytest

from crawlers.prose import read_page

TODAY = dt.date(2026, 8, 20)
TOWNS = {"Nurmes": "541", "Lieksa": "422", "Kitee": "260", "Juuka": "176"}
PAGES = {
    "cv": (
        "<h1>Ohjaajamme</h1>"
        "<p>Liisa kouluttautui ryhmänohjaajaksi 2019. Hän ohjaa kerhoa tiistaisin klo 18. Kuntosali on "
        "hänen harrastuksensa.</p>"
    ),
    "lunch": (
        "<h1>Ruokalista</h1><h3>Maanantai</h3><p>10.30–13 Lihakeitto</p><h3>Tiistai</h3>"
        "<p>10.30–13 Kalapuikot</p>"
    ),
    "bus": (
        "<h1>Palvelulinja</h1><table><tr><th>Päivä</th><th>Aika</th><th>Paikka</th></tr>"
        "<tr><td>maanantai</td><td>9.00</td><td>Tori</td></tr>"
        "<tr><td>tiistai</td><td>10.00</td><td>Kirjasto</td></tr></table>"
    ),
    "dates": (
        "<h1>Kevään lehdet</h1>"
        "<p>Aineistopäivä 10.9. ja lehti ilmestyy 1.10. Ilmoita kerhosi tiedot ajoissa.</p>"
    ),
    "shop": (
        "<h1>Kirpputori</h1>"
        "<p>Avoinna ti–pe 10–17 ja la 10–14, Kauppakatu 5, Lieksa. Tuotot ryhmätoimintaan.</p>"
    ),
    "hours": (
        "<h1>Asiakaspalvelun ajat</h1><div><div><div>Palvelu</div><div>Päivä</div><div>Kello</div></div>"
        "<div><div>Neuvonta</div><div>ma–pe</div><div>9–15</div></div></div>"
    ),
    "wknd": (
        "<h1>Päiväkirja</h1>"
        "<p>Kuoro lauloi lauantaina ja sunnuntaina klo 14 kirkossa. Kerho kävi tiistaina ja torstaina klo "
        "12 uimassa.</p>"
    ),
    "deadl": ("<h1>Avustushaku 30.9.</h1><p>Hakuaika päättyy 30.9. klo 16. Lisätietoja 050 000 1200.</p>"),
    "grant": ("<h1>Stipendien haku</h1><p>Hakemukset 15.10. klo 15 mennessä toimistoon.</p>"),
    "trainer": (
        "<h1>Koulutus työntekijöille 12.10.</h1><p>Hinta 200 €. Ilmoittautumiset 1.10. mennessä.</p>"
    ),
    "minutes": (
        "<h1>Hallituksen kokoukset</h1><h3>Syyskuu</h3><p>8. klo 17 toimistolla</p><h3>Lokakuu</h3>"
        "<p>6. klo 17 toimistolla</p>"
    ),
    "names": ("<h1>Nimipäivät</h1><h3>Syyskuu</h3><p>1. Pirkko<br>2. Sinikka<br>3. Soili</p>"),
    "birthdays": (
        "<h1>Syntymäpäivät</h1><h3>Syyskuu</h3>"
        "<ul><li>3.9. Maija Malli 70 v.</li><li>8.9. Pentti Malli 80 v.</li></ul>"
    ),
    "scores": (
        "<h1>Bocciatulokset</h1><table><tr><th>Päivä</th><th>Ottelu</th><th>Tulos</th></tr>"
        "<tr><td>ti 8.9.</td><td>Lieksa–Nurmes</td><td>6–4</td></tr>"
        "<tr><td>ti 15.9.</td><td>Kitee–Juuka</td><td>3–7</td></tr></table>"
    ),
    "rent": (
        "<h1>Saunavuorot</h1>"
        "<p>Saunan voi varata ma–to klo 16–21. Vuoro maksaa 20 €. Varaukset Eilalta 050 000 1202.</p>"
    ),
    "rules": (
        "<h1>Kerhohuoneen käyttö</h1>"
        "<p>Ryhmä siivoaa aina lähtiessään. Ovi lukitaan klo 21. Avaimet noudetaan maanantaisin klo "
        "9–10.</p>"
    ),
    "story": (
        "<h1>Elämäntarina</h1>"
        "<p>Kerhossa kävimme tiistaisin klo 18. Se oli parasta aikaa. Vertaisryhmä kokoontui kirjastossa "
        "torstaisin klo 17.</p>"
    ),
    "jobs": (
        "<h1>Kesätyö</h1>"
        "<p>Etsimme kerho-ohjaajaa ajalle 1.6.–31.7. Työaika ma–pe klo 9–15. Palkka 1500 €.</p>"
    ),
    "sv": (
        "<h1>Kansliet</h1><p>Kansliet är öppet måndagar och onsdagar kl. 9–12.</p><h2>Styrelsen</h2>"
        "<p>Styrelsen samlas 8.9 kl. 18.</p>"
    ),
    "video": (
        "<h1>Verkkoluento katsottavissa</h1>"
        "<p>Luento 10.9. klo 18 on katsottavissa tallenteena 31.12. asti.</p>"
    ),
    "conf": (
        "<h1>Yhteystiedot paikkakunnittain</h1>"
        "<p>Nurmes: puheenjohtaja Aili, ma klo 9–12, 050 000 1203<br>Lieksa: sihteeri Arvo, ti klo 10–12, "
        "050 000 1204</p>"
    ),
    "bank": ("<h1>Jäsenmaksu 2026</h1><p>Eräpäivä 15.9. Hinta 20 €.</p>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_arranges_nothing_gives_no_activity(name: str) -> None:
    language = "sv" if name == "sv" else "fi"
    html = f"<html lang='{language}'><body><main>{PAGES[name]}</main></body></html>"
    found = read_page(html, "https://kaiku.example.fi/sivut/x", today=TODAY, resolve=TOWNS.get)
    assert [entry.title for entry in found.activities] == []
