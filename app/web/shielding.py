"""The search service as pages see it: without the contacts that people asked to have taken away."""

from collections.abc import Callable

from app.removals import Removals
from schemas.search import Hit, SearchRequest, SearchResult


class Shielded:
    """The search service as pages see it: without what people asked to have taken away."""

    def __init__(
        self,
        search: Callable[[SearchRequest], SearchResult],
        activity: Callable[[str], Hit],
        removals: Removals,
    ) -> None:
        self._search = search
        self._activity = activity
        self._removals = removals

    def search(self, request: SearchRequest) -> SearchResult:
        """As the search service."""
        self._removals.renew()
        return self._removals.result(self._search(request))

    def activity(self, identifier: str) -> Hit:
        """As the search service. Raises NotFound."""
        self._removals.renew()
        return self._removals.shown(self._activity(identifier))
