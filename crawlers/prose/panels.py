"""Folded panels: the button or tab that opens one is its heading, wherever it stands."""

import re

from lxml import html

from crawlers.prose.lexicon import FLAGS

_OPENERS = (
    ".//*[@aria-controls or @data-bs-target or @data-target]"
    "[self::button or self::a or @role='button' or @role='tab' or @data-toggle or @data-bs-toggle]"
)
_ANY = "boolean(.//@aria-controls | .//@data-target | .//@data-bs-target)"
_ACTION = re.compile(
    r"(?:lue|näytä|katso|avaa|sulje|lataa|hae|etsi|haku|lähetä|tilaa|osta|lisää|ilmoittaudu|varaa|liity|jaa"
    r"|tulosta|valikko|menu|takaisin|seuraava|edellinen|hyväksy|evästeet?|asetukset|kirjaudu|peruuta|tallenna|ok"
    r"|read\smore|läs\smer|search|close|open)\b.{0,30}",
    FLAGS,
)
_PANELS = frozenset({"div", "section", "article", "dd"})
_LONGEST_TITLE = 100
_SHORTEST_PANEL = 12
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def title_panels(root: html.HtmlElement) -> None:
    """Put a heading into each panel that a button or tab of `root` opens; `root` is changed in place."""
    if next(root.iter("button"), None) is None and not root.xpath(_ANY):
        return
    titled: set[html.HtmlElement] = set()
    by_id = {node.get("id"): node for node in root.iter() if isinstance(node.tag, str) and node.get("id")}
    for opener in root.xpath(_OPENERS):
        told = opener.get("aria-controls") or opener.get("data-bs-target") or opener.get("data-target") or ""
        panel = by_id.get(told.strip().lstrip("#"))
        if panel is not None and panel not in titled and _names(opener, panel):
            titled.add(panel)
            _title(opener, panel)
    for opener in list(root.iter("button")):
        panel = _next(opener)
        if panel is not None and panel not in titled and _names(opener, panel):
            titled.add(panel)
            _title(opener, panel)


def _next(opener: html.HtmlElement) -> html.HtmlElement | None:
    """The panel right after a button, or after the element that holds nothing but the button."""
    node = opener
    for _ in range(3):
        following = node.getnext()
        if following is not None:
            return following if following.tag in _PANELS else None
        parent = node.getparent()
        if parent is None or parent.tag in {"body", "form"} or len(parent) != 1:
            return None
        node = parent
    return None


def _names(opener: html.HtmlElement, panel: html.HtmlElement) -> bool:
    words = " ".join(opener.text_content().split())
    if not 3 <= len(words) <= _LONGEST_TITLE or _ACTION.fullmatch(words):
        return False
    if opener in panel.iter() or panel.tag in {"nav", "ul", "ol", "form"} or panel.find(".//nav") is not None:
        return False
    headed = next(opener.iterancestors(*_HEADINGS), None) is not None
    return not headed and opener.find("h1") is None and len(panel.text_content().strip()) >= _SHORTEST_PANEL


def _title(opener: html.HtmlElement, panel: html.HtmlElement) -> None:
    """Move the opener's words to the head of its panel, one level above the headings that stand there."""
    inner = [int(node.tag[1]) for node in panel.iter(*_HEADINGS)]
    own = next((int(node.tag[1]) for node in opener.iter(*_HEADINGS)), None)
    level = own or max(2, min(inner, default=7) - 1)
    heading = html.Element(f"h{level}")
    heading.text = " ".join(opener.text_content().split())
    if panel.get("id"):
        heading.set("id", panel.get("id", ""))
    heading.tail, panel.text = panel.text, None
    panel.insert(0, heading)
    for name in ("hidden", "aria-hidden", "style"):
        panel.attrib.pop(name, None)
    opener.drop_tree()
