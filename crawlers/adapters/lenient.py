"""Records of services that write a field now and then in another way: the field is mended or left out. Pure.

A record whose one field is of another kind than expected is still a record. What had to be left out is told.
"""

import copy
import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

_Shape = TypeVar("_Shape")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FAULT = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`(?: - at `(?P<path>[^`]+)`)?")
_PLACE = re.compile(r"at `(?P<path>\$[^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[(\.\.\.)\]")
_NAMES = ("code", "id", "value", "_key", "key", "name")
_MOST_FAULTS = 40


def converted(value: Any, shape: type[_Shape]) -> tuple[_Shape, tuple[str, ...]]:
    """`value` as `shape`, and what had to be left out for it.

    Raises msgspec.ValidationError where the record is none at all.
    """
    left: list[str] = []
    own = value
    for attempt in range(_MOST_FAULTS):
        try:
            return msgspec.convert(own, shape, strict=False), tuple(dict.fromkeys(left))
        except msgspec.ValidationError as error:
            place = _PLACE.search(str(error))
            steps = _STEP.findall(place["path"]) if place else []
            if not steps:
                raise
            if attempt == 0:
                own = copy.deepcopy(value)
            fault = _FAULT.search(str(error))
            if not _mend(own, steps, fault["wanted"] if fault else ""):
                left.append(f"{place['path'] if place else ''}: {str(error).partition(' - at ')[0]}")
    return msgspec.convert(own, shape, strict=False), tuple(dict.fromkeys(left))


def spoken(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that are languages, each once."""
    return tuple(dict.fromkeys(code.strip() for code in codes if _LANGUAGE.fullmatch(code.strip())))


def _mend(value: Any, steps: list[tuple[str, str, str]], wanted: str, *, only_wrong: bool = False) -> bool:
    """Change what stands at `steps` to what is wanted; False = it had to be left out."""
    (name, index, every), *rest = steps
    if every:
        # Which of the values is at fault is not told: each that is of the wrong kind is mended.
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        mended = [_mend_at(value, key, rest, wanted, only_wrong=True) for key in keys]
        return all(mended)
    return _mend_at(value, name or int(index), rest, wanted, only_wrong=only_wrong)


def _mend_at(
    holder: Any, key: Any, rest: list[tuple[str, str, str]], wanted: str, *, only_wrong: bool
) -> bool:
    try:
        value = holder[key]
    except (KeyError, IndexError, TypeError):
        return True
    if rest:
        return not isinstance(value, dict | list) or _mend(value, rest, wanted, only_wrong=only_wrong)
    if only_wrong and _fits(value, wanted):
        return True
    own = _in_kind(value, wanted)
    if own is None and isinstance(holder, list):
        del holder[key]
    else:
        holder[key] = own
    return own is not None


def _fits(value: Any, wanted: str) -> bool:
    kinds: dict[str, type | tuple[type, ...]] = {"str": str, "array": list, "object": dict, "int": int}
    names = [name.strip() for name in wanted.split("|")]
    return value is None or any(isinstance(value, kinds[name]) for name in names if name in kinds)


def _in_kind(value: Any, wanted: str) -> Any:
    """`value` as text, or as a list of itself; None where it cannot be."""
    if "array" in wanted and not isinstance(value, list):
        return [value]
    if "str" in wanted:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dict):
            return next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
        if isinstance(value, list):
            return next((entry for entry in value if isinstance(entry, str)), None)
    return None
