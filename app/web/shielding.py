"""The search service as pages see it: without the contacts that people asked to have taken away."""

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from app.removals import Removals
from schemas.search import Hit, Interpretation, SearchRequest, SearchResult


class Search(Protocol):
    """The search service's own search."""

    def __call__(self, request: SearchRequest, *, choices: int | None = None) -> SearchResult:
        """Search."""
        ...


class Shielded:
    """The search service as pages see it: without what people asked to have taken away."""

    def __init__(
        self,
        search: Search,
        activity: Callable[[str], Hit],
        removals: Removals,
    ) -> None:
        self._search = search
        self._activity = activity
        self._removals = removals

    def search(self, request: SearchRequest, *, choices: int | None = None) -> SearchResult:
        """As the search service."""
        self._removals.renew()
        words = self._removals.unsaid(request.q)
        if words == request.q:
            return self._removals.result(self._search(request, choices=choices))
        if not words:
            return SearchResult(request, Interpretation(request.q, request.ui), total=0, hits=())
        found = self._search(replace(request, q=words), choices=choices)
        return self._removals.result(replace(found, request=request))

    def activity(self, identifier: str) -> Hit:
        """As the search service. Raises NotFound."""
        self._removals.renew()
        return self._removals.shown(self._activity(identifier))
