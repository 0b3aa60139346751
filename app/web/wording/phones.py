"""Phone numbers as people in Finland read and call them: one form for one number, whoever wrote it."""

import re
from functools import lru_cache

_NUMBER = re.compile(r"\+?\d(?:[\d\s().\u2010-\u2015-]*\d)?")
_MOBILE = re.compile(r"0(?:4\d|50)\d{7}")
_SHORT = re.compile(r"116\d{3}")
_TRUNK = re.compile(r"\(0\)")
_LONGEST_GROUP = 5


@lru_cache(maxsize=4096)
def shown(number: str) -> str:
    """The number in its national form, "050 000 0480"; numbers of other countries with their code.

    What stands after the number ("arkisin 9-15") stays. A text without a number stays as it is.
    """
    text, rest = _parted(number)
    if not text:
        return number.strip()
    return " ".join(filter(None, (_grouped(text), rest)))


@lru_cache(maxsize=4096)
def callable_number(number: str) -> str:
    """The number as a `tel:` link needs it: as international as the source wrote it, digits only."""
    text, _rest = _parted(number)
    plus = "+" if text.startswith("+") else ""
    return plus + "".join(sign for sign in text if sign.isdigit())


def _parted(number: str) -> tuple[str, str]:
    text = number.strip().removeprefix("tel:").strip()
    found = _NUMBER.match(text)
    if found is None:
        return "", text
    digits = found[0]
    # "+358 (0)50": the trunk prefix is not dialled after the country's code.
    if digits.startswith("+"):
        digits = _TRUNK.sub(" ", digits)
    return digits, text[found.end() :].strip()


def _grouped(text: str) -> str:
    groups = re.findall(r"\d+", text)
    if text.startswith("+"):
        if not text.removeprefix("+").startswith("358"):
            return _foreign(text)
        digits = "0" + "".join(groups)[3:]
        groups = _national(groups)
    else:
        digits = "".join(groups)
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if _SHORT.fullmatch(digits):
        return f"{digits[:3]} {digits[3:]}"
    if len(groups) > 1 and all(len(group) <= _LONGEST_GROUP for group in groups):
        return " ".join(groups)  # the owner's own grouping, by which people know the number
    return _by_plan(digits)


def _national(groups: list[str]) -> list[str]:
    """The groups without the country's code."""
    rest = [groups[0][3:], *groups[1:]] if len(groups[0]) > len("358") else groups[1:]
    return [f"0{rest[0]}", *rest[1:]] if rest else []


def _by_plan(digits: str) -> str:
    """Area code and subscriber's number by the numbering plan; unknown ones in threes."""
    if len(digits) <= _LONGEST_GROUP:
        return digits
    import phonenumbers  # its tables take long to load, and most numbers need none

    try:
        number = phonenumbers.parse(digits, "FI")
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_valid_number(number):
        return f"{digits[:3]} {_halved(digits[3:])}"
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    area, _space, subscriber = national.partition(" ")
    return f"{area} {_halved(subscriber)}".strip()


def _halved(digits: str) -> str:
    cut = len(digits) // 2
    return digits if len(digits) <= _LONGEST_GROUP else f"{digits[:cut]} {digits[cut:]}"


def _foreign(text: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return " ".join(text.split())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
