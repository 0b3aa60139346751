"""Parts of a wiring that hang on the configuration alone and never change: made once for all tests."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from app.wiring import Wiring
from config.settings import Settings

_PARTS = (
    "gazetteer",
    "county",
    "taxonomy",
    "analyser",
    "lexicon",
    "recogniser",
    "background",
    "importance",
    "kindred",
)


def temporary(name: str) -> Path:
    """A folder that is removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"vierelle-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sharing(made: Wiring) -> Wiring:
    """The wiring with those parts; it must have the product's own configuration."""
    for part in _PARTS:
        setattr(made, part, getattr(_maker(), part))
    return made


@cache
def _maker() -> Wiring:
    return Wiring(Settings(data=temporary("parts")))
