"""The question of the professional's desk: the site's common parameters and a hospital unit (`yksikko`)."""

from typing import NamedTuple

import msgspec
from flask import request

from app.web.languages import language
from app.web.parameters import LONGEST_PLACE, Asked, Links, one_line, read
from app.web.site import Site
from schemas.errors import BadQuery
from schemas.search import SearchRequest
from schemas.taxonomy import Need, Term

SORTS = ("relevance", "next", "distance", "fresh")
PAGE = 20


class Question(NamedTuple):
    """What is asked. `request` is what is searched; `asked` what stands in the URL, without the unit's needs.

    place  the place as the person wrote it, or the name of the one municipality chosen
    keys   False = single-key shortcuts are turned off
    """

    asked: Asked
    request: SearchRequest
    unit: Term | None
    place: str
    keys: bool

    @property
    def empty(self) -> bool:
        """Whether nothing at all was asked."""
        return not (self.request.q or self.request.chosen())

    def kept(self) -> dict[str, str]:
        """Parameters of this room that every link keeps."""
        kept = {"yksikko": self.unit.code} if self.unit else {}
        return kept if self.keys else {**kept, "pikanappaimet": "ei"}

    def links(self, path: str, display: dict[str, str]) -> Links:
        """Links from this question to its neighbours."""
        return Links(path, self.asked, {**self.kept(), **display})


def question(parts: Site, *, strict: bool = False) -> Question:
    """The question of the present URL; see `app.web.parameters.read`. Raises BadQuery where `strict`."""
    args = request.args
    asked = read(args, parts, language(), largest=PAGE, strict=strict)
    code = args.get("yksikko", "")
    unit = next((unit for unit in parts.taxonomy.units if unit.code == code), None)
    if code and unit is None:
        if strict:
            known = ", ".join(unit.code for unit in parts.taxonomy.units)
            raise BadQuery(f"yksikko: there is no unit {code[:60]}; known: {known}")
        asked = asked.without("yksikko", code)
    wanted = asked.request
    if unit and not wanted.need:
        wanted = msgspec.structs.replace(wanted, need=unit.needs)
    place = one_line(args.get("missa", ""))[:LONGEST_PLACE]
    if not place and len(wanted.municipality) == 1:
        place = parts.labels.municipality(wanted.municipality[0])
    return Question(asked, wanted, unit, place, args.get("pikanappaimet") != "ei")


def needs_of(unit: Term | None, parts: Site) -> list[Need]:
    """The needs met at a unit, in the unit's order."""
    return [parts.taxonomy.needs[code] for code in unit.needs] if unit else []
