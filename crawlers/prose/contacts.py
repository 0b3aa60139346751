"""Telephone numbers and mail addresses in prose, with the role and name stated on the same line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import phonenumbers

from crawlers.prose.lexicon import FLAGS
from crawlers.prose.mails import linked_address
from crawlers.prose.shapes import Block
from schemas.activity import Contact, Texts
from schemas.codes import ContactType

_AT = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|ät|miukumauku|a|@)\s?[)\]}]\s?|\s(?:at|ät)\s)"
_DOT = r"(?:\.|\s?[(\[]\s?(?:dot|piste)\s?[)\]]\s?)"
_MAIL = re.compile(
    rf"(?<![\w.+-])([\w.+-]{{1,64}}){_AT}((?:[a-z0-9åäö-]{{1,63}}{_DOT}){{1,5}}[a-z]{{2,12}})\b", FLAGS
)
_AT_SIGNS = (
    *("@", "at)", "at]", "at}", "ät)", "ät]", "ät}", "at )", "at ]", "ät )", "ät ]", " at ", " ät ", "miuku"),
    *("(a)", "[a]", "{a}", "\tat\t", "\xa0at\xa0", "\xa0ät\xa0", "( a", "[ a"),
)
_PLACEHOLDER = re.compile(r"^(?:etunimi|firstname|fornamn|förnamn|nimi)\b", FLAGS)
_NOT_PHONE = re.compile(
    r"(?:https?://|www\.)\S+|\b\d{7}-\d\b|\bFI\d{2}[\s\d]{10,24}|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b"
    r"|\b\d{5}\s(?=[A-ZÅÄÖ])|\d{1,2}\.\d{1,2}\.\d{4}"
    r"|\b\d{1,2}[.:]\d\d\s?[-–]\s?\d{1,2}[.:]\d\d\b|\bviite\w*\D{0,12}[\d\s]{4,26}",
    FLAGS,
)
_CUE = re.compile(
    r"\b(?:puh|p|gsm|tel|matkapuh)\.?:?\s?$|puhelin\w*:?\s?(?:on\s)?$|numero\w*:?\s?(?:on\s)?$"
    r"|soita\w*\D{0,20}$",
    FLAGS,
)
_ROLES = re.compile(
    r"\b((?:vara)?puheenjohtaja\w*|sihteeri\w*|rahastonhoitaja\w*|toiminnanjohtaja\w*"
    r"|(?:ryhmän\s)?(?:ohjaaja|vetäjä)\w*"
    r"|yhdyshenkilö\w*|yhteyshenkilö\w*|vertaisohjaaja\w*|vertaistukihenkilö\w*|tukihenkilö\w*"
    r"|koordinaattori\w*"
    r"|järjestösihteeri\w*|projektityöntekijä\w*|toimisto\w*|ilmoittautumi\w*|tiedustelu\w*"
    r"|lisätie(?:to|doi)\w*|kerhotilan)\b",
    FLAGS,
)
_NAME = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?\s[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\b"
)
_NO_NAME = re.compile(
    r"(?:katu|tie|kuja|talo|ryhmä|kerho|yhdistys|keskus|liitto|seura|seurakunta|kirkko|kirjasto|ry"
    r"|numero|puhelin"
    r"|lisätie\w*|tiedustelu\w*|ilmoittau\w*|sähköposti\w*|osoite|toimisto\w*|ohjaaja|vetäjä"
    r"|puheenjohtaja|sihteeri)$",
    FLAGS,
)
_HOURS = re.compile(
    r"\(?\b(?:ma|ti|ke|to|pe|arkisin)\b[^)\n"
    r"|]{0,30}\d{1,2}(?:[.:]\d\d)?\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?\)?",
    FLAGS,
)
_OF_OFFICE = re.compile(
    r"\W*(?:yhdistyksen\s|liiton\s|kerhon\s)?(?:toimisto|kanslia)(?:mme)?\s"
    r"(?:palvelee|on|avoinna|auki|päivystää|ark|ma\b)",
    FLAGS,
)
_FEWEST_DIGITS = 6
_LONGEST_EVIDENCE = 300
_PREMIUM = ("+358600", "+358700", "+358100")


@dataclass(frozen=True)
class FoundContact:
    """A contact with its sentence."""

    contact: Contact
    sentence: str


def read_contacts(sentences: Sequence[str]) -> tuple[FoundContact, ...]:
    """All contacts of these sentences, each value once, in order."""
    found: dict[tuple[ContactType, str], FoundContact] = {}
    for sentence in sentences:
        for contact in (*phones(sentence), *mails(sentence)):
            found.setdefault((contact.type, contact.value), FoundContact(contact, sentence))
    own = [item for item in found.values() if not _OF_OFFICE.match(item.sentence)]
    # The office's line stands at the end of many pages: it is the contact where there is no nearer one.
    return tuple(own or found.values())


def with_linked(found: tuple[FoundContact, ...], blocks: Sequence[Block]) -> tuple[FoundContact, ...]:
    """`found` with the addresses that only the blocks' `mailto:` and `tel:` links tell."""
    known = {item.contact.value for item in found}
    added: dict[str, FoundContact] = {}
    for block in blocks:
        line = block.text.split("\n")[0][:_LONGEST_EVIDENCE]
        for link in block.links:
            for contact in _linked(link):
                if contact.value not in known:
                    added.setdefault(contact.value, FoundContact(contact, line))
    return (*found, *added.values())


def _linked(link: str) -> Iterator[Contact]:
    if address := linked_address(link):
        if not _PLACEHOLDER.match(address):
            yield Contact(ContactType.EMAIL, address)
    elif link.strip().lower().startswith("tel:"):
        yield from phones(f"puh. {unquote(link.strip()[4:])}")


def phones(sentence: str) -> Iterator[Contact]:
    """Finnish telephone numbers in international form ("+358 50 1234567" as phonenumbers writes it)."""
    blanked = _blank(sentence)
    if sum(map(str.isdigit, blanked)) < _FEWEST_DIGITS:
        return
    for match in phonenumbers.PhoneNumberMatcher(blanked, "FI", leniency=phonenumbers.Leniency.VALID):
        raw = match.raw_string
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        told = raw.lstrip("( ").startswith(("0", "+")) or _CUE.search(sentence[: match.start])
        if not told or number.startswith(_PREMIUM) or len(re.findall(r"\d", raw)) < _FEWEST_DIGITS:
            continue
        shown = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        yield _contact(ContactType.PHONE, shown, sentence, match.start, match.end)


def mails(sentence: str) -> Iterator[Contact]:
    """Mail addresses, also "(at)"; patterns such as etunimi.sukunimi@… are nobody's address."""
    low = sentence.lower()
    if not any(sign in low for sign in _AT_SIGNS):
        return
    for match in _MAIL.finditer(sentence):
        domain = re.sub(r"\s?[(\[]\s?(?:dot|piste)\s?[)\]]\s?", ".", match[2], flags=FLAGS).lower()
        local = match[1].strip(".").lower()
        if not local or _PLACEHOLDER.match(local):
            continue
        yield _contact(ContactType.EMAIL, f"{local}@{domain}", sentence, match.start(), match.end())


def _blank(sentence: str) -> str:
    """`sentence` with digits that are no telephone blanked out, of the same length."""
    text = _NOT_PHONE.sub(lambda found: " " * len(found[0]), sentence)
    # "+358 (0)50" is read by the library only without the zero in brackets
    return re.sub(r"\(0\)", "   ", text)


def _contact(kind: ContactType, value: str, sentence: str, start: int, end: int) -> Contact:
    """With the nearest name before the value, and role and hours stated in the same sentence."""
    begin = max(sentence.rfind(mark, 0, start) for mark in ("|", ";"))
    before = sentence[max(begin, 0) : start]
    names = [match[1] for match in _NAME.finditer(before) if not any(map(_NO_NAME.search, match[1].split()))]
    roles = [match[1] for match in _ROLES.finditer(before)]
    hours = _HOURS.search(sentence, end, end + 60)
    parts = [roles[-1].strip().lower()] if roles else []
    parts += [hours[0].strip("() ")] if hours and kind is ContactType.PHONE else []
    info = Texts(fi=", ".join(parts).capitalize()) if parts else Texts()
    return Contact(kind, value, name=names[-1] if names else None, description=info)
