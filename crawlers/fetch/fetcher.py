"""`Fetcher.get`: one page, politely, safely, and only when it has changed."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from crawlers.fetch.body import BodyLimits
from crawlers.fetch.budget import BudgetMeter, Patience
from crawlers.fetch.cache import CacheEntry
from crawlers.fetch.content import HTML, is_binary_body, is_binary_type
from crawlers.fetch.exchange import Answer, Question
from crawlers.fetch.network import Network
from crawlers.fetch.policy import FetchPolicy
from crawlers.fetch.redirects import STATUSES, Trail
from crawlers.fetch.response import Response
from crawlers.fetch.robots import Access, Robots
from crawlers.fetch.robots_loader import RobotsLoader
from crawlers.fetch.sender import Sender
from crawlers.fetch.target import Target, parse_target
from crawlers.fetch.urls import loggable_url
from schemas.errors import FetchError

_log = logging.getLogger(__name__)

_GONE = frozenset([404, 410])
# Some caches in front of a site answer 304 for ever: now and then the page is asked for whole.
_TRUST_304 = timedelta(days=30)
# Headers that describe a message, not the page: a 304 must not put its own over those of the stored body.
_OF_MESSAGE = frozenset(["content-length", "content-encoding", "content-type", "transfer-encoding"])


class Fetcher:
    """Fetches for one source by its policy; the budget is that of one crawl of one site.

    Safe for threads, though one server is only ever asked one thing at a time.
    """

    def __init__(self, policy: FetchPolicy, network: Network) -> None:
        self._policy = policy
        self._network = network
        self._sender = Sender(policy, network)
        self._meter = BudgetMeter(policy.budget, network.clock)
        self._patience = Patience(policy.patience)
        self._limits = BodyLimits(policy.max_bytes, policy.max_ratio)
        self._robots_loader = RobotsLoader(policy, network, self._sender, self._meter.add_bytes)

    def get(self, url: str, *, accept: str = HTML, conditional: bool = True) -> Response:
        """The page at `url`, after redirects. Waits for the server's turn.

        accept       an Accept header, one of those in `content`; all but `*/*` mean text is wanted
        conditional  use what is cached to ask only for changes

        Raises FetchError, and nothing else, for whatever goes wrong; its `url` is fit for logs. Reasons:
        bad-url, scheme, port, private-address; outside-window, budget-pages, budget-bytes, budget-seconds,
        retry-later, host-down; robots, robots-unreachable; dns, dns-temporary, connect, connect-timeout, tls,
        connection-lost, read-timeout, total-timeout, protocol, truncated; http-<status>; redirect-bad,
        redirect-loop, redirect-limit; content-type, binary, encoding, too-large, compression-bomb.
        """
        shown = loggable_url(url)
        try:
            self._meter.open_page(shown)
            response = self._follow(url, accept, conditional)
        except FetchError as error:
            self._network.tally.failure(self._queue_name(url), error.reason)
            self._patience.note(self._queue_name(error.url), error.reason)
            _log.info("fetch url=%s failed=%s at=%s detail=%s", shown, error.reason, error.url, error.detail)
            raise
        self._patience.note(self._queue_name(response.final_url), None)
        same, unchanged = response.same_body, response.not_modified
        self._network.tally.page(self._queue_name(url), not_modified=unchanged, same_body=same)
        _log.info(
            "fetch url=%s status=%d not_modified=%s size=%d",
            shown,
            response.status,
            unchanged,
            len(response.body),
        )
        return response

    def robots(self, url: str) -> Robots:
        """The rules of the origin of `url`, with its sitemaps and crawl-delay; asked for at most once a day.

        Raises FetchError when the URL may not be fetched at all, never because robots.txt failed.
        """
        target = parse_target(url, self._policy.allowed_hosts)
        return self._rules(target)

    def allowed(self, url: str) -> bool:
        """Whether robots.txt lets us fetch `url`. Raises as `robots` does."""
        target = parse_target(url, self._policy.allowed_hosts)
        return self._rules(target).allows(target.url)

    def wait_s(self, url: str) -> float:
        """Seconds until the server of `url` may be asked again: what a step of `run_hosts` yields."""
        try:
            target = parse_target(url, self._policy.allowed_hosts)
        except FetchError:
            return 0.0
        return self._network.gates.wait_s(target.queue, self._delay(target))

    def _follow(self, url: str, accept: str, conditional: bool) -> Response:
        trail = Trail(url, self._policy.max_redirects)
        while True:
            target = parse_target(trail.current, self._policy.allowed_hosts)
            self._guard(target)
            self._check_robots(target)
            entry = self._network.cache.get(target.url)
            answer = self._ask(target, accept, entry if conditional else None)
            if answer.status not in STATUSES:
                return self._response(url, target, trail, answer, entry, accept)
            trail.follow(answer.status, answer.headers.get("location"))

    def _ask(self, target: Target, accept: str, entry: CacheEntry | None) -> Answer:
        shown = loggable_url(target.url)

        def admit(headers: Mapping[str, str]) -> None:
            kind = headers.get("content-type", "")
            if is_binary_type(kind, accept):
                raise FetchError("content-type", shown, " ".join(kind.split())[:60])

        headers = {
            "User-Agent": self._policy.user_agent_header,
            "Accept": accept,
            "Accept-Language": "fi,sv;q=0.8,en;q=0.6",
            "Accept-Encoding": "gzip, deflate",
        }
        if entry is not None and entry.accept == accept and self._may_be_confirmed(entry):
            headers |= entry.validators
        question = Question(target, headers, self._limits, admit, self._meter.add_bytes)
        return self._sender.send(question, self._delay(target), lambda: self._guard(target))

    def _response(
        self, url: str, target: Target, trail: Trail, answer: Answer, entry: CacheEntry | None, accept: str
    ) -> Response:
        now, shown = self._network.clock.now(), loggable_url(target.url)
        not_modified = answer.status == 304 and entry is not None
        if answer.status in _GONE:
            self._network.cache.forget(target.url)
        if entry is not None and not_modified:
            self._network.cache.confirm(target.url, now)
            fresh = {name: value for name, value in answer.headers.items() if name not in _OF_MESSAGE}
            status, headers, body = entry.status, {**entry.headers, **fresh}, entry.body
        elif 200 <= answer.status <= 205:
            status, headers, body = answer.status, dict(answer.headers), answer.body
            if is_binary_body(body, accept, headers.get("content-type", "")):
                raise FetchError("binary", shown, " ".join(headers.get("content-type", "").split())[:60])
            self._store(CacheEntry(target.url, accept, status, headers, body, now, now))
        else:
            raise FetchError(f"http-{answer.status}", shown)
        return Response(
            url=url,
            final_url=target.url,
            status=status,
            headers=MappingProxyType(headers),
            body=body,
            fetched_at=now,
            not_modified=not_modified,
            same_body=entry is not None and entry.body == body,
            redirects=trail.passed,
            permanent_redirect=trail.permanent,
        )

    def _may_be_confirmed(self, entry: CacheEntry) -> bool:
        """Whether a 304 is believed: the body came lately, whichever way our clock has been set since."""
        return abs(self._network.clock.now() - entry.came_at) < _TRUST_304

    def _store(self, entry: CacheEntry) -> None:
        if "no-store" in entry.headers.get("cache-control", "").lower():
            self._network.cache.forget(entry.key)
        else:
            self._network.cache.put(entry)

    def _guard(self, target: Target) -> None:
        """Raises FetchError when no request to `target` may be made now."""
        shown = loggable_url(target.url)
        if not self._policy.is_open(self._network.clock.now()):
            raise FetchError("outside-window", shown)
        self._meter.check(shown)
        self._patience.check(target.queue, shown)
        if self._network.gates.wait_s(target.queue, 0.0) > self._policy.max_retry_after_s:
            raise FetchError("retry-later", shown, "the server asked to be left alone")

    def _check_robots(self, target: Target) -> None:
        rules = self._rules(target)
        if rules.allows(target.url):
            return
        shown = loggable_url(target.url)
        if rules.access is Access.STAY_OUT:
            raise FetchError(rules.failure or "robots-unreachable", shown, "while asking for robots.txt")
        raise FetchError("robots", shown)

    def _rules(self, target: Target) -> Robots:
        self._guard(target)
        return self._network.robots.rules(
            target.origin, self._policy.product_token, lambda: self._robots_loader.load(target)
        )

    def _delay(self, target: Target) -> float:
        asked = self._network.robots.known_delay(target.origin, self._policy.product_token) or 0.0
        return max(self._policy.delay_s, min(asked, self._policy.max_crawl_delay_s))

    def _queue_name(self, url: str) -> str:
        try:
            return parse_target(url, self._policy.allowed_hosts).queue
        except FetchError:
            return loggable_url(url).split("/")[2] if url.count("/") >= 2 else "?"
