"""A house number is not left alone at the beginning of a line."""

import pytest

from app.web.wording.lines import pieces, steps, tied, unbroken


@pytest.mark.parametrize(
    ("street", "shown"),
    [
        ("Esimerkkitie 12 A", "Esimerkkitie_12_A"),
        ("Vanha Esimerkkitie 3", "Vanha Esimerkkitie_3"),
        ("Esimerkkikatu 5 b as 12", "Esimerkkikatu_5 b_as_12"),
        ("Esimerkkikatu 7a", "Esimerkkikatu_7a"),
        ("A. Esimerkin katu 1", "A. Esimerkin katu_1"),
        ("Esimerkkitalo, 2. kerros", "Esimerkkitalo,_2. kerros"),
        ("Esimerkkipolku", "Esimerkkipolku"),
        ("", ""),
    ],
)
def test_the_number_stays_with_its_street(street: str, shown: str) -> None:
    assert unbroken(street) == shown.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Torstaina 17.9. klo 13–15", "Torstaina 17.9. [klo_13–15]"),
        ("torsdag 17.9 kl. 13–15.30, kl. 17", "torsdag 17.9 [kl._13–15.30], kl._17"),
        ("Thursdays 9:00–11:30", "Thursdays [9:00–11:30]"),
        ("3.12.–31.12. klo 10", "3.12.–31.12. klo_10"),
        ("2026–2027", "2026–2027"),
        ("<b> klo 9–10 & 11", "&lt;b&gt; [klo_9–10] &amp; 11"),
        ("joka toinen tiistai kello 18", "joka toinen tiistai kello_18"),
        ("Seuraava kerta on ti 1.12.", "Seuraava kerta on ti_1.12."),
        ("nästa gång 16.12, till 18.6.2027", "nästa gång_16.12, till_18.6.2027"),
        ("until 18 Jun 2027 (next time 16 Dec)", "until_18_Jun_2027 (next time_16_Dec)"),
        (
            "Arkisin, 18.6.2027 asti (seuraavan kerran 16.12.)",
            "Arkisin, 18.6.2027_asti (seuraavan kerran_16.12.)",
        ),
        ("torstaina 17.9.", "torstaina 17.9."),
        ("2–6-vuotiaat, 7–12-vuotiaat", "[2–6-vuotiaat], [7–12-vuotiaat]"),
        ("12 Marches, 3 May be", "12 Marches, 3_May be"),
        ("koko päivän", "koko päivän"),
        ("kello on paljon", "kello on paljon"),
    ],
)
def test_a_time_a_date_and_an_age_stay_whole(text: str, shown: str) -> None:
    marked = shown.replace("_", "\u00a0").replace("[", '<span class="whole">').replace("]", "</span>")
    assert str(tied(text)) == marked


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("example.fi/suru-joensuu", "[example.fi/]|[suru-joensuu]"),
        ("www.example.fi/a//b/", "[www.example.fi/]|[a//]|[b/]"),
        ("yhdistyksen-pitka-nimi.example.fi/<a>", "yhdistyksen-pitka-nimi.example.fi/|[&lt;a&gt;]"),
        ("example.fi", "[example.fi]"),
        ("", ""),
    ],
)
def test_an_address_breaks_after_its_slashes(address: str, shown: str) -> None:
    marked = shown.replace("[", '<span class="whole">').replace("]", "</span>").replace("|", "<wbr>")
    assert str(steps(address)) == marked


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("To 17.9. klo 13–15 (joka viikko)", ("To_17.9. ", "klo_13–15", " (joka viikko)")),
        ("9–10", ("", "9–10")),
        ("kl. 13–15, kl. 17", ("", "kl._13–15", ", kl._17")),
        ("klo 18.30", ("klo_18.30",)),
        ("", ()),
    ],
)
def test_every_second_piece_stays_whole(text: str, cut: tuple[str, ...]) -> None:
    assert pieces(text) == tuple(piece.replace("_", "\u00a0") for piece in cut)
