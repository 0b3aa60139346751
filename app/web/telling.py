"""Texts of the sources beside our own words: a text in another language than the page says so by itself."""

from markupsafe import Markup

from app.web.languages import language, tag
from schemas.activity import Texts


class Told(str):
    """A source's own text; a template prints it with its `lang`, so that screen readers speak it right."""

    __slots__ = ("lang",)

    lang: str

    def __html__(self) -> Markup:
        """The escaped text, marked."""
        return Markup('<span lang="{}">{}</span>').format(self.lang, str(self))


def told(*texts: Texts) -> str:
    """The first of `texts` that says anything, in the page's language or else in another, then marked."""
    for entry in texts:
        for code in (tag(language()), "fi", "sv", "en"):
            said: str | None = getattr(entry, code)
            if said:
                return marked(said, code)
    return ""


def marked(text: str, lang: str) -> str:
    """A text that is in `lang`."""
    if not text or lang == tag(language()):
        return text
    made = Told(text)
    made.lang = lang
    return made


def like(text: str, source: str) -> str:
    """A piece of `source`, in its language."""
    return marked(text, source.lang) if isinstance(source, Told) else text


def plain(text: str) -> str:
    """The text without its mark, for attributes, addresses and files."""
    return str.__str__(text)
