"""One form for what people write in many ways: phone numbers and street addresses. Pure."""

import re
from functools import lru_cache

_STREET = re.compile(r"^(?P<name>[^\d,]+?)\s*(?P<number>\d+)")
_ENDINGS = (("katu", "k."), ("tie", "t."))


@lru_cache(maxsize=50_000)
def phone_number(text: str) -> str | None:
    """E.164 of a number written in any Finnish or international way; None for what is no number."""
    import phonenumbers  # its tables take long to load

    try:
        number = phonenumbers.parse(text.removeprefix("tel:"), "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def street_key(street: str) -> str | None:
    """Street and first house number in one form.

    "Torikatu 12 B 3", "torik. 12, 2. krs" and "Järjestötalo, Torikatu 12" are the same. None without a
    number: a street alone is no place.
    """
    for part in " ".join(street.casefold().split()).split(","):
        if found := _STREET.match(part.strip()):
            name = found["name"]
            for ending, short in _ENDINGS:
                if name.endswith(short):
                    name = name.removesuffix(short) + ending
            return f"{name} {found['number']}"
    return None
