"""HTML as a tree of main content: parsed whatever its state, without navigation, footers and cookie talk."""

import re

from lxml import etree, html

from crawlers.prose.calledoff import settle_called_off
from crawlers.prose.datecards import settle_days
from crawlers.prose.divtables import make_tables
from crawlers.prose.mails import show_mails
from crawlers.prose.panels import title_panels
from crawlers.prose.sizes import embolden_large
from crawlers.prose.tables import unfold_spans

LONGEST_PAGE = 3_000_000
"""Characters of a page that are read; what comes after is no association's prose."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SILENT = (
    "//script|//style|//noscript|//template|//svg|//iframe|//object|//embed|//applet|//select|//textarea"
    "|//button[not(ancestor::h1|ancestor::h2|ancestor::h3|ancestor::h4|ancestor::h5|ancestor::h6)]|//input|//nav|//dialog|//video|//audio|//canvas|//map|//option|//comment()"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"}
)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|navigaatio|menu|valikko|submenu|topmenu|mainmenu|sidemenu"
    r"|footer|alatunniste|sidebar|sivupalkki|side-?bar|breadcrumbs?|murupolku|murut|cookies?|cookiebanner"
    r"|cookie-?consent|consent|evaste|evasteet|gdpr|cc-window|share|sharing|social|some-links|sharedaddy"
    r"|related|aiheeseen-liittyvaa|footer-widgets?|widget-area|skip-?link|skiplinks|screen-reader-text|visually-hidden"
    r"|sr-only|language-?(?:switcher|menu)|lang-?switch|kielivalinta|site-?header|masthead|topbar|pager"
    r"|pagination|comments|comment-respond|newsletter|uutiskirje|popup|modal|print-only|search-form"
    r"|searchform|tag-cloud|post-navigation)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAIN_ID = re.compile(
    r"^(?:main|main-?content|content|sisalto|sisältö|paasisalto|page-content|primary|contentarea)$",
    re.IGNORECASE,
)
_FOLDED_PANEL = 40
_KEEP_SHARE = 0.6  # an element with more of the page's text than this is no boilerplate, whatever its name


def parse(markup: str) -> html.HtmlElement | None:
    """The tree of a page, None where there is nothing to parse. Never raises on any text."""
    text = _DECLARATION.sub("", _CONTROL.sub("", markup[:LONGEST_PAGE]))
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", recover=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None


def main_element(tree: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the page's own content; `tree` is cleaned in place."""
    body = tree.find("body")
    root = body if body is not None else tree
    whole = _length(root)
    _drop([form for form in root.iter("form") if _is_form(form, whole)])
    title_panels(root)
    show_mails(root)
    _drop(root.xpath(_SILENT))
    make_tables(root)
    unfold_spans(root)
    settle_called_off(root)
    settle_days(root)
    embolden_large(root)
    hidden = [node for node in root.xpath(".//*[@style]") if _HIDDEN.search(node.get("style", ""))]
    hidden += root.xpath(".//*[@hidden or @aria-hidden='true']")
    # A folded panel of an accordion is content; traps for robots and ornaments are short.
    _drop([node for node in hidden if _length(node) < _FOLDED_PANEL])
    main = _named_main(root)
    _drop_boilerplate(main)
    return main


def _named_main(root: html.HtmlElement) -> html.HtmlElement:
    whole = _length(root)
    mains = root.xpath(".//main|.//*[@role='main']")
    if mains:
        best: html.HtmlElement = max(mains, key=_length)
        if _length(best) > 0.2 * whole:
            return best
    named = [node for node in root.xpath(".//*[@id]") if _MAIN_ID.match(node.get("id", ""))]
    if named:
        best = max(named, key=_length)
        if _length(best) > 0.4 * whole:
            return best
    return root


def _drop_boilerplate(main: html.HtmlElement) -> None:
    whole = _length(main) or 1
    for node in list(main.iter()):
        if node is main or not isinstance(node.tag, str) or node.getparent() is None:
            continue
        if _is_boilerplate(node) and _length(node) <= _KEEP_SHARE * whole:
            _drop([node])
    for node in list(main.iter("ul", "ol", "table", "td", "div", "p", "center")):
        if node is not main and node.getparent() is not None and _is_menu(node):
            _drop([node])


def _is_boilerplate(node: html.HtmlElement) -> bool:
    tag = node.tag
    if tag in {"body", "main", "article", "html"} or _wraps_main(node):
        return False
    if tag in {"footer", "aside"} or node.get("role", "") in _ROLES:
        return True
    if tag == "header":
        return not any(True for _ in node.iterancestors("article", "main", "section"))
    names = f"{node.get('class', '')} {node.get('id', '')}"
    return bool(_BOILERPLATE.search(names))


def _wraps_main(node: html.HtmlElement) -> bool:
    return next(node.iter("main", "article"), None) is not None


def _is_form(form: html.HtmlElement, whole: int) -> bool:
    """A form to fill in; a page that some system wraps in a form whole is none."""
    fields = form.xpath(".//textarea|.//select|.//input[not(@type='hidden')]")
    return bool(fields) and _length(form) < 0.5 * whole


def _is_menu(node: html.HtmlElement) -> bool:
    """Many short links and hardly anything else: a menu of old, wherever it stands."""
    links = node.findall(".//a")
    if len(links) < 4 or next(node.iter("h1", "h2", "h3"), None) is not None:
        return False
    whole = _length(node)
    linked = sum(_length(link) for link in links)
    return whole > 0 and linked > 0.8 * whole and linked / len(links) < 30


def _length(node: html.HtmlElement) -> int:
    return sum(len(part.strip()) for part in node.itertext() if isinstance(part, str))


def _drop(nodes: list[html.HtmlElement]) -> None:
    for node in nodes:
        if node.getparent() is not None:
            node.drop_tree()
