"""Lines into sentences: a full stop after a number, an ordinal or a short form ends none."""

import re
from functools import lru_cache

LONGEST_SENTENCE = 600
_NEAR = 60
_LONGEST_LINE = 5000

_END = re.compile(r"(?<=[.!?…])[\"”')\]]?\s+(?=[\"”'(\[–-]?\s?[A-ZÅÄÖ0-9])")
_SHORT = re.compile(
    r"(?:\b(?:klo|kl|p|puh|esim|mm|ym|yms|jne|n|ks|os|alk|krs|nro|huom|vrt|eli|tel|s|v|ma|ti|ke|to|pe|la|su|pl|noin"
    r"|hlö|henk|vko|vk|ent|toim|pj|siht|gsm|fax|tuos|tri|prof|dos|ap|ip|as|mmm|max|min|parill|paritt|fil|ilm|viim|alk|lisät|tied|yht|kok|sis|kpl|jäs|ohj)|\b[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:^|[\s(–-])\d{1,2}\.$")
_CLOCK = re.compile(
    r"\b(?:klo|kello|kl)\.?\s?\d{1,2}(?:[.:]\d\d)?(?:\s?[–-]\s?\d{1,2})?\.$|(?<![\d.])\d{1,2}\s?[–-]\s?\d{1,2}\.$",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\b(?:viiko\w+|viikko|vko|vk)\.?\s(?:\d{1,2}\s?[–-]\s?)?\d{1,2}\.$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_DATE = re.compile(r"\d\.\s?\d{1,2}\.$")


def sentences(line: str) -> list[str]:
    """The sentences of one line, each at most `LONGEST_SENTENCE` characters."""
    return list(_cut(line))


@lru_cache(maxsize=1024)  # a line is cut by every reader of its section
def _cut(line: str) -> tuple[str, ...]:
    found: list[str] = []
    begin = 0
    line = line[:_LONGEST_LINE]
    for end in _END.finditer(line):
        head, tail = line[begin : end.start()], line[end.end() :]
        if _joined(head[-_NEAR:], tail[:_NEAR]):
            continue
        found.append(head + line[end.start() : end.end()].strip())
        begin = end.end()
    found.append(line[begin:])
    return tuple(part.strip()[:LONGEST_SENTENCE] for part in found if part.strip())


def _joined(head: str, tail: str) -> bool:
    """Whether the stop between `head` and `tail` is part of a date or a short form."""
    if not head.endswith("."):
        return False
    if _DATE.search(head) and not _WORD.search(head):
        return True  # a line that begins with its day
    if _SHORT.search(head) and not (head.endswith(("p.", "v.", "s.")) and tail[:1].isupper()):
        return True
    if _CLOCK.search(head) and tail[:1].isupper():
        return False
    if _WEEK.search(head) and tail[:1].isupper():
        return False
    if _NUMBER.search(head):
        return True
    if _DATE.search(head):
        # "… 3.2. klo 18" goes on; "… 3.2. Tervetuloa" ends here
        return not tail[:1].isupper() or bool(re.match(r"(?:Klo|Kello|KLO)\b", tail))
    return False
