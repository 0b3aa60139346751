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
    "appointments": (
        "<h1>Ajanvaraus</h1>"
        "<p>Terveystarkastukseen varataan aika ma–pe klo 8–10 puh. 050 000 1300. Vastaanotto torstaisin "
        "klo 12–15.</p>"
    ),
    "instructions": (
        "<h1>Vapaaehtoisten ohjeet</h1>"
        "<ol><li>Saavu puoli tuntia ennen, ma klo 9.30</li><li>Keitä kahvi klo 10</li><li>Lukitse ovi klo "
        "15</li></ol>"
    ),
    "fair": (
        "<h1>Messuilla</h1><p>Nähdään messuilla! Osastomme A12 on avoinna la klo 10–17 ja su klo 10–15.</p>"
    ),
    "channels": (
        "<h1>Some-kanavat</h1><table><tr><th>Kanava</th><th>Päivä</th></tr>"
        "<tr><td>Instagram</td><td>tiistai</td></tr>"
        "<tr><td>Blogi</td><td>torstai klo 12</td></tr></table>"
    ),
    "books": (
        "<h1>Kuukauden kirja</h1><h3>Syyskuu</h3><p>1. Tove Jansson: Kesäkirja</p><h3>Lokakuu</h3>"
        "<p>2. Veijo Meri: Manillaköysi</p>"
    ),
    "matches": (
        "<h1>Sarjaohjelma</h1><h3>Lokakuu</h3><p>3. la klo 17 Pallo – Kaiku</p>"
        "<p>10. la klo 15 Kaiku – Tarmo</p>"
    ),
    "post": (
        "<h1>Postin kulku</h1>"
        "<p>Jäsenlehti postitetaan viikolla 37 ja 49. Kuukausikirje lähtee joka kuun 1. maanantai klo "
        "9.</p>"
    ),
    "school holidays": (
        "<h1>Koulujen loma-ajat</h1><p>Syysloma 12.–16.10., joululoma 20.12.–6.1., talviloma viikko 10.</p>"
    ),
    "journey": (
        "<h1>Matkakertomus</h1>"
        "<p>Aamulla klo 8 kokoonnuttiin torille. Maanantaina klo 10 tutustuimme museoon ja tiistaina klo "
        "12 kahvilaan.</p>"
    ),
    "feedback": (
        "<h1>Palaute</h1>"
        "<p>Oli hyvä kurssi, toivottavasti ensi keväänä keskiviikkoisin klo 17! – Kurssilainen</p>"
    ),
    "others": (
        "<h1>Yhteistyö</h1>"
        "<p>Kaupungin liikuntatoimi järjestää vesijumppaa maanantaisin klo 10. Katso lisää kaupungin "
        "sivuilta.</p>"
    ),
    "radio": (
        "<h1>Radiossa</h1>"
        "<p>Ohjelma kuullaan Radio Rexissä tiistaisin klo 9.15 ja uusintana torstaisin klo 18.</p>"
    ),
    "service break": ("<h1>Huoltokatko 9.9.</h1><p>Sivusto on pois käytöstä ke 9.9. klo 22–24.</p>"),
    "funeral": (
        "<h1>Muistolle</h1>"
        "<p>Siunaus lauantaina 12.9. klo 11 kirkossa, muistotilaisuus seurakuntatalolla.</p>"
    ),
    "turns": ("<h1>Kahvivuorot</h1><ul><li>ti 8.9. Maija ja Pekka</li><li>ti 22.9. Liisa ja Ville</li></ul>"),
    "invoices": (
        "<h1>Laskutus</h1><p>Laskut lähetetään kuukauden 15. päivä. Maksuaika 14 pv. Hinta 5 €.</p>"
    ),
    "advice on wills": (
        "<h1>Testamenttineuvonta</h1>"
        "<p>Juristimme vastaa puhelimeen keskiviikkoisin klo 10–12, 050 000 1301. Palvelu on jäsenille "
        "maksuton.</p>"
    ),
    "buses": ("<h1>Linja-autoaikataulu kylille</h1><p>Ma ja to klo 9.10 Koli – Lieksa, paluu klo 14.</p>"),
    "archive": ("<h1>Arkisto 2025</h1><p>Kuoro ma klo 18, kerho ti klo 12.</p>"),
    "contest": (
        "<h1>Kirjoituskilpailu</h1>"
        "<p>Kilpailuaika 1.9.–31.10. Tekstit 31.10. klo 24 mennessä osoitteeseen kilpailu@example.fi. "
        "Palkinto 300 €.</p>"
    ),
    "gym": ("<h1>Kuntosalin aukioloajat</h1><p>ma–su klo 6–22. Avainkortti 20 €.</p>"),
    "board": ("<h1>Hallitus 2026</h1><p>Kokoontuu kuukauden toinen tiistai klo 17 toimistolla.</p>"),
    "week": ("<h1>Diabetesviikko</h1><p>Valtakunnallista viikkoa vietetään 9.–15.11.</p>"),
    "news": ("<h1>Uutta!</h1><p>12.8.2026 klo 14.05</p><p>Kerho sai uuden keittimen.</p>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_arranges_nothing_gives_no_activity(name: str) -> None:
    language = "sv" if name == "sv" else "fi"
    html = f"<html lang='{language}'><body><main>{PAGES[name]}</main></body></html>"
    found = read_page(html, "https://kaiku.example.fi/sivut/x", today=TODAY, resolve=TOWNS.get)
    assert [entry.title for entry in found.activities] == []
