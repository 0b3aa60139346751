"""Hosts that are nobody's own site, and the corner of another's host that a site moved into. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawlers.site.links import is_inside, path_of, site_of

# Services on which associations keep a page among millions of others.
_SERVICES = frozenset(
    {"facebook.com", "fb.com", "fb.me", "instagram.com", "threads.net", "x.com", "twitter.com", "tiktok.com"}
    | {
        "youtube.com",
        "youtu.be",
        "linkedin.com",
        "pinterest.com",
        "snapchat.com",
        "discord.gg",
        "discord.com",
    }
    | {"wa.me", "whatsapp.com", "t.me", "telegram.me", "linktr.ee", "beacons.ai", "bio.link", "meetup.com"}
    | {"eventbrite.com", "eventbrite.fi", "lyyti.fi", "lyyti.in", "webropol.com", "webropolsurveys.com"}
    | {"surveymonkey.com", "surveypal.com", "forms.gle", "docs.google.com", "drive.google.com", "office.com"}
    | {"google.com", "accounts.google.com", "microsoftonline.com", "live.com", "issuu.com", "canva.com"}
    | {"holvi.com", "mailchi.mp", "dropbox.com", "sedo.com", "sedoparking.com", "dan.com", "afternic.com"}
    | {"godaddy.com", "parkingcrew.net", "bodis.com", "hugedomains.com"}
)
# Makers of sites: their own front page is theirs, a name below it is somebody's site.
_BUILDERS = frozenset(
    {"wix.com", "wixsite.com", "squarespace.com", "webnode.com", "webnode.fi", "wordpress.com", "jimdo.com"}
    | {"jimdofree.com", "weebly.com", "blogspot.com", "blogger.com", "medium.com", "yhdistysavain.fi"}
    | {"kotisivukone.com", "kotisivukone.fi", "sivuviidakko.fi", "suntuubi.com", "vuodatus.net", "zoner.fi"}
    | {"domainhotelli.fi", "louhi.fi", "hostingpalvelu.fi", "nettihotelli.fi", "planeetta.net", "one.com"}
    | {"strikingly.com", "carrd.co", "flockler.com", "nimenhuuto.com", "myclub.fi", "sporttisaitti.com"}
)
_HOSTED = frozenset({"sites.google.com"})  # below a service's name, but each path a site of its own
_FRONT = re.compile(
    r"fi|sv|se|en|fi-fi|sv-fi|en-gb|en-us|etusivu|koti|home|hem|start|alku|main|index|default|web|www|site|wp|wordpress"
    r"|joomla|drupal|cms|uusi|new|public|public_html|kotisivut?|sivut?|sivusto|welcome|tervetuloa",
    re.IGNORECASE,
)
_FEWEST_INSIDE = 1


def is_platform(url: str) -> bool:
    """Whether an address lies on a service of everybody's, so that no site of an association begins there."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if host in _HOSTED:
        return False
    if host in _BUILDERS:
        return True
    parts = host.split(".")
    return any(".".join(parts[start:]) in _SERVICES for start in range(len(parts) - 1))


def corner(url: str, links: Iterable[str]) -> str:
    """The path that a site moved into, where it is one corner of another's host; else empty.

    A path of languages and front pages is none, and neither is one segment below which no link leads.
    """
    path = path_of(url)
    own = [segment for segment in path.split("/") if segment and not _FRONT.fullmatch(segment)]
    if not own:
        return ""
    host = site_of(url)
    inside = {
        link
        for link in links
        if site_of_link(link) == host and is_inside(link, path) and path_of(link) != path
    }
    return path if len(inside) >= _FEWEST_INSIDE or len(own) > 1 else ""


def site_of_link(url: str) -> str:
    """The host of a link; empty where it has none."""
    try:
        return site_of(url)
    except ValueError:
        return ""
