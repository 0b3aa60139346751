"""A house number is not left alone at the beginning of a line."""

import pytest

from app.web.wording.streets import unbroken


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
