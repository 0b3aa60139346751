"""In what sizes, colours and languages the scenes are seen."""

import argparse
import shutil
from typing import Any

SIZES: dict[str, dict[str, Any]] = {
    "320": {"viewport": {"width": 320, "height": 640}},
    "360": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "zoom": {"viewport": {"width": 320, "height": 256}},
    "desk": {"viewport": {"width": 1366, "height": 768}},
    "portrait": {"viewport": {"width": 1080, "height": 1920}, "has_touch": True},
    "landscape": {"viewport": {"width": 1920, "height": 1080}, "has_touch": True},
}
"""By name, in CSS pixels. `zoom` is the room that a page has on a screen of 1280 × 1024 at 400 %."""

FITTING = {
    "resident": ("320", "360", "1280", "zoom"),
    "desk": ("360", "1280", "desk"),
    "kiosk": ("portrait", "landscape"),
}
"""The sizes of each room."""

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
    "contrast": {"color_scheme": "light", "forced_colors": "none"},
}
CONTRAST = "contrast"
"""The colours of our own, chosen by the address; the others are the browser's, and change on an open page."""

PREFIXES = {"fi": "", "sv": "/sv", "en": "/en", "selko": "/selko"}


def contrasted(path: str) -> str:
    """The path with the high contrast of our own."""
    head, mark, tail = path.partition("#")
    return f"{head}{'&' if '?' in head else '?'}vari=kontrasti{mark}{tail}"


def add_choices(parser: argparse.ArgumentParser) -> None:
    """The options that choose a site and a part of the scenes; without a Chromium it ends here."""
    parser.add_argument("--site", help="address of a running site; the tests' sample without it")
    parser.add_argument("--only", nargs="+", default=[""], help="beginnings of names of scenes")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--colours", nargs="+", default=list(COLOURS), choices=list(COLOURS))
    parser.add_argument("--languages", nargs="+", default=list(PREFIXES), choices=list(PREFIXES))
    if shutil.which("chromium") is None:
        parser.error("no Chromium on this machine")
