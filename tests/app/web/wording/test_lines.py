"""A house number is not left alone at the beginning of a line."""

import pytest

from app.web.wording.lines import tied, unbroken


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
        ("Torstaina 17.9. klo 13–15", "Torstaina 17.9. klo_13–15"),
        ("torsdag 17.9 kl. 13–15, kl. 17", "torsdag 17.9 kl._13–15, kl._17"),
        ("joka toinen tiistai kello 18", "joka toinen tiistai kello_18"),
        ("koko päivän", "koko päivän"),
        ("kello on paljon", "kello on paljon"),
    ],
)
def test_a_time_stays_with_its_klo(text: str, shown: str) -> None:
    assert tied(text) == shown.replace("_", "\u00a0")
