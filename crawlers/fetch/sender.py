"""One request, when its turn has come, tried again where that makes sense."""

from collections.abc import Callable

from crawlers.fetch.backoff import RETRIED_REASONS, RETRIED_STATUSES, backoff_s, retry_after_s
from crawlers.fetch.connection import Connection, Timeouts
from crawlers.fetch.exchange import Answer, Question, exchange
from crawlers.fetch.gates import Gate
from crawlers.fetch.network import Network
from crawlers.fetch.policy import FetchPolicy
from crawlers.fetch.resolver import checked_addresses
from crawlers.fetch.target import Target
from schemas.errors import FetchError

_DAY_S = 86400.0


class Sender:
    """Sends requests by one policy over a shared network."""

    def __init__(self, policy: FetchPolicy, network: Network) -> None:
        self._policy = policy
        self._network = network
        self._timeouts = Timeouts(policy.timeout_connect_s, policy.timeout_read_s, policy.timeout_total_s)

    def send(self, question: Question, delay_s: float, guard: Callable[[], None]) -> Answer:
        """The answer, whatever its status, after at most `retries` further tries.

        delay_s  rest between requests to this server
        guard    called before every try; raises FetchError when no request may be made any more
        """
        attempt = 0
        while True:
            guard()
            last = attempt >= self._policy.retries
            try:
                answer = self._once(question, delay_s, retry=attempt > 0)
            except FetchError as error:
                if last or error.reason not in RETRIED_REASONS:
                    raise
                rest = self._backoff(attempt)
            else:
                asked = self._asked_rest(question.target, answer)
                if last or answer.status not in RETRIED_STATUSES or asked > self._policy.max_retry_after_s:
                    return answer
                rest = max(asked, self._backoff(attempt))
            self._network.clock.sleep(rest)
            attempt += 1

    def _backoff(self, attempt: int) -> float:
        policy = self._policy
        return backoff_s(attempt, policy.backoff_s, policy.max_backoff_s, self._network.chance)

    def _asked_rest(self, target: Target, answer: Answer) -> float:
        """Seconds of Retry-After; every other request to the server waits for them too."""
        if answer.status not in RETRIED_STATUSES:
            return 0.0
        asked = retry_after_s(answer.headers, self._network.clock.now()) or 0.0
        self._network.gates.hold_off(target.queue, min(asked, _DAY_S))
        return asked

    def _once(self, question: Question, delay_s: float, *, retry: bool) -> Answer:
        network, target = self._network, question.target
        sent = 0

        def received(count: int) -> None:
            nonlocal sent
            sent += count
            question.received(count)

        counted = Question(target, question.headers, question.limits, question.admit, received)
        with network.gates.turn(target.queue, delay_s) as gate:
            started = network.clock.monotonic()
            try:
                return self._through(gate, counted)
            finally:
                if gate.connection is not None and gate.connection.sock is None:
                    gate.connection = None
                seconds = network.clock.monotonic() - started
                network.tally.request(target.queue, sent, seconds, retry=retry)

    def _through(self, gate: Gate, question: Question) -> Answer:
        connection = self._connection(gate, question.target)
        kept_open = connection.used
        try:
            return exchange(connection, question, self._timeouts)
        except FetchError as error:
            # A server may close a connection it kept open just when we use it: not a failure of the page.
            if not kept_open or error.reason not in ("connection-lost", "protocol"):
                raise
        gate.drop()
        return exchange(self._connection(gate, question.target), question, self._timeouts)

    def _connection(self, gate: Gate, target: Target) -> Connection:
        """The connection kept open, where this source may use it, or a new one to checked addresses."""
        kept = gate.connection
        same = kept is not None and gate.origin == target.origin and kept.is_quiet
        # It may have been opened for a source that is allowed more than this one.
        if kept is not None and same and (target.trusted or kept.peer_is_public):
            return kept
        gate.drop()
        connect_s = self._policy.timeout_connect_s
        addresses = checked_addresses(target, self._network.resolver, connect_s)
        gate.connection = Connection(target, addresses, connect_s, self._network.tls)
        gate.origin = target.origin
        return gate.connection
