"""What the guide for residents promises to understand is understood."""

import re
from pathlib import Path

import pytest

from app.wiring import Wiring

GUIDE = Path(__file__).parents[3] / "docs" / "opas" / "asukas.md"
NEEDS = {"Olen yksin": "yksinaisyys", "mies juo": "laheisen-paihteet", "äidillä alzheimer": "muistisairaus"}


def test_the_guide_gives_these_examples() -> None:
    first = GUIDE.read_text(encoding="utf-8").split("1. ")[1].split("2. ")[0]
    assert re.findall(r'"([^"]+)"', first) == list(NEEDS)


@pytest.mark.parametrize(("said", "need"), [*NEEDS.items(), ("olen ihan yksin", "yksinaisyys")])
def test_its_examples_are_understood(parts: Wiring, said: str, need: str) -> None:
    votes = parts.query_reader.read(said).votes
    assert need in {vote.code for vote in votes if vote.source == "said"}
