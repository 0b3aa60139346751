"""What to do about pages that were not fetched, for the reasons that an operator can do something about."""

ADVICE = {
    "port": "the address uses another port than 80 and 443: name it in `allow_hosts` if it is meant",
    "private-address": "the address is not on the public internet: name it in `allow_hosts` if it is meant",
    "scheme": "only http and https are fetched",
    "bad-url": "the address is not one: look at `url` in sources.toml",
    "dns": "there is no such host: look at `url` in sources.toml",
    "dns-temporary": "names of hosts are not answered just now: try again",
    "connect": "nobody answers there just now: try again, or look at `url` in sources.toml",
    "tls": "its certificate is not valid: tell its keeper",
    "robots": "its robots.txt asks to leave this alone",
    "robots-unreachable": "its robots.txt does not answer, so nothing was asked",
    "outside-window": "the source may not be fetched at this hour (`window`)",
    "budget-pages": "the source's `pages` are used up",
    "budget-bytes": "the source's `megabytes` are used up",
    "budget-seconds": "the source's `seconds` are used up",
    "host-down": "it failed too often in a row and is left alone: crawl again later",
    "retry-later": "it asks to be left alone for now: crawl again later",
    "http-403": "it does not let us read this: ask its keeper",
    "http-429": "it asks for fewer questions: raise `delay`",
}
"""By the reason of a `FetchError`; docs/sources.md tells of the settings named."""


def advised(reason: str) -> str:
    """The reason, with advice where there is some."""
    return f"{reason} – {ADVICE[reason]}" if reason in ADVICE else reason
