"""The clock of a touch screen whose browser runs no scripts: addresses carry the time when they were made.

Nothing can be taken out of the history of such a browser. So an address leads to its screen only while the
page that made it could stand there, and to the start from then on, whoever comes to it by the back button.
Where scripts run they clear the screen themselves (`js/kiosk/idle.js`) and say so in `KEPT_BY_SCRIPTS`.
"""

import re
import time
from collections.abc import Mapping

from flask import redirect, request
from werkzeug.wrappers import Response

from app.web.interface import interface
from schemas.points import Point

PARAMETER = "hetki"
"""The parameter with the second at which the page was made that led here."""

KEPT_BY_SCRIPTS = "Vierelle-Kello"
"""The header of requests by scripts, which need no time in the address."""

SLOW = 10
"""How many times the usual time a person gets who asks for more."""

_SECONDS = re.compile(r"[0-9]{1,12}\Z")


def seconds() -> int:
    """The present second."""
    return int(time.time())


def idle(point: Point, given: Mapping[str, str]) -> int:
    """Seconds without a touch until the warning, for a person who chose `given`."""
    return point.idle * (SLOW if slow(given) else 1)


def slow(given: Mapping[str, str]) -> bool:
    """Whether the person asked for more time."""
    return given.get("aika") == "pitka"


def moment() -> str:
    """What links of this page carry; "" where scripts keep the time and on a start that waits."""
    return str(seconds()) if PARAMETER in request.args else ""


def refused(point: Point, home: str, *, untimed: bool) -> Response | None:
    """Where this request has to go instead: to the start when its time has passed, else None.

    An address without a time, which only a start gives, gets one, unless it tells of nobody (`untimed`).
    """
    if KEPT_BY_SCRIPTS in request.headers:
        return None
    said = request.args.get(PARAMETER)
    if said is None:
        return None if untimed else redirect(interface().here(**{PARAMETER: str(seconds())}), 303)
    if not _SECONDS.match(said):
        return redirect(home, 303)
    age = seconds() - int(said)
    within = 0 <= age < idle(point, request.args) + point.warning
    return None if within else redirect(home, 303)
