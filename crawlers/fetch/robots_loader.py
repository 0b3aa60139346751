"""Asking an origin for its robots.txt, over redirects and across the day by the cache."""

from collections.abc import Callable, Mapping

from crawlers.fetch.body import BodyLimits
from crawlers.fetch.cache import CacheEntry
from crawlers.fetch.content import PLAIN
from crawlers.fetch.exchange import Answer, Question
from crawlers.fetch.network import Network
from crawlers.fetch.policy import FetchPolicy
from crawlers.fetch.redirects import STATUSES, Trail
from crawlers.fetch.robots import MAX_BYTES, MAX_REDIRECTS, Access, Robots, read_robots
from crawlers.fetch.sender import Sender
from crawlers.fetch.target import Target, parse_target
from schemas.errors import FetchError

_ENDLESS = frozenset(["redirect-loop", "redirect-limit"])


class RobotsLoader:
    """Finds the rules of an origin for one policy's product token. Never raises FetchError."""

    def __init__(
        self, policy: FetchPolicy, network: Network, sender: Sender, received: Callable[[int], None]
    ) -> None:
        self._policy = policy
        self._network = network
        self._sender = sender
        self._received = received
        self._limits = BodyLimits(MAX_BYTES, policy.max_ratio, cut=True)

    def load(self, target: Target) -> Robots:
        """The rules for the origin of `target`: those of the last 24 hours, or what the server says now."""
        token, now = self._policy.product_token, self._network.clock.now()
        key = f"robots:{target.origin}"
        entry = self._network.cache.get(key)
        if entry is not None:
            kept = read_robots(entry.status, entry.body, token, entry.stored_at)
            if kept.is_fresh(now):
                return kept
        try:
            answer, moved = self._follow(f"{target.origin}/robots.txt", entry)
        except FetchError as error:
            # RFC 9309, 2.3.1.2: after more than five redirects the file counts as unavailable, so free.
            access = Access.FREE if error.reason in _ENDLESS else Access.STAY_OUT
            return Robots(access, token.lower(), now, failure=error.reason)
        if answer.status == 304 and entry is not None:
            self._network.cache.confirm(key, now)
            return read_robots(entry.status, entry.body, token, now)
        robots = read_robots(answer.status, answer.body, token, now)
        if robots.access is not Access.STAY_OUT:
            # The validators of a file that lives elsewhere mean nothing at this origin.
            headers = {} if moved else dict(answer.headers)
            self._network.cache.put(CacheEntry(key, PLAIN, answer.status, headers, answer.body, now, now))
        return robots

    def _follow(self, url: str, entry: CacheEntry | None) -> tuple[Answer, bool]:
        """The last answer, and whether it came from elsewhere."""
        trail = Trail(url, MAX_REDIRECTS)
        validators = entry.validators if entry is not None and entry.status == 200 else {}
        while True:
            target = parse_target(trail.current, self._policy.allowed_hosts)
            answer = self._ask(target, {} if trail.passed else validators)
            if answer.status not in STATUSES:
                return answer, bool(trail.passed)
            trail.follow(answer.status, answer.headers.get("location"))

    def _ask(self, target: Target, validators: Mapping[str, str]) -> Answer:
        headers = {
            "User-Agent": self._policy.user_agent_header,
            "Accept": PLAIN,
            "Accept-Encoding": "gzip, deflate",
            **validators,
        }
        question = Question(target, headers, self._limits, lambda _: None, self._received)
        return self._sender.send(question, self._policy.delay_s, lambda: None)
