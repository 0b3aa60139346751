"""Pages about the site: what it is, how accessible it is, what it does with data."""

import datetime as dt

from flask import Blueprint, render_template

from app.web.wording.days import date

pages = Blueprint("about", __name__)


_STATED = dt.date(2026, 11, 29)
"""When the accessibility statement was last gone through."""


@pages.get("/tietoa")
def about() -> str:
    """What Vierelle is and where its information comes from."""
    return render_template("about.html")


@pages.get("/saavutettavuus")
def accessibility() -> str:
    """The accessibility statement that the law asks for."""
    return render_template("accessibility.html", updated=date(_STATED))


@pages.get("/tietosuoja")
def privacy() -> str:
    """What is kept of visitors (nothing) and of contact persons."""
    return render_template("privacy.html")
