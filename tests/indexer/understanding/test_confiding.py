"""Who tells of their own life is rather shown something near than told that there is nothing."""

import pytest

from app.wiring import Wiring


def confides(parts: Wiring, text: str) -> bool:
    return parts.query_reader.confides(parts.query_reader.read(text))


@pytest.mark.parametrize(
    "text",
    [
        "kouristin lattialla ja purin kieleeni",
        "löysin tyttäreni repusta pillereitä",
        "miul on ollu nii paha mieli viikkokausia",
        "vaimo jättää lieden päälle ja ovet auki",
    ],
)
def test_a_scene_of_ones_own_life_confides(parts: Wiring, text: str) -> None:
    assert confides(parts, text)


@pytest.mark.parametrize(
    "text",
    [
        "pesukoneen korjaus",
        "junaliput helsinkiin",
        "haluan myydä vanhan sohvan",
        "jalkapallo ottelu tulokset tänään",
    ],
)
def test_asking_for_a_thing_does_not(parts: Wiring, text: str) -> None:
    assert not confides(parts, text)
