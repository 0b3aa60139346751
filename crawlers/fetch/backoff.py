"""Whether trying again makes sense, and when."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRIED_REASONS = frozenset(["connect", "connect-timeout", "connection-lost", "dns-temporary"])
RETRIED_STATUSES = frozenset([429, 502, 503, 504])


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds asked for by a Retry-After header (RFC 9110, 10.2.3); None without a readable one.

    A day is meant by the server's own clock, which its Date header tells, however wrong it goes.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = _moment(value)
    if moment is None:
        return None
    told = _moment(headers.get("date", ""))
    return max(0.0, (moment - (told if told is not None else now)).total_seconds())


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def backoff_s(attempt: int, base_s: float, most_s: float, chance: random.Random) -> float:
    """Rest before try `attempt` + 1: doubling, with half of it by chance so that many do not return at once.

    attempt  counted from 0
    """
    whole = min(most_s, base_s * 2.0**attempt)
    return whole / 2 + whole / 2 * chance.random()
