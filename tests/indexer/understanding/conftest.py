"""The parts of the product, without an index."""

import pytest

from app.wiring import Wiring
from config.settings import read_settings


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return Wiring(read_settings({"VIERELLE_DATA": str(tmp_path_factory.mktemp("understanding"))}))
