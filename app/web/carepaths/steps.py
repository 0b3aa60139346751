"""The steps of a care path, filled by searches in the chosen place.

A step shows what is chiefly about one of its needs. An activity that names the need after a matter foreign to
the path is about something else and would send a person to the wrong door; only where a step asks for a kind
of support (a helpline, a group) and nothing else is there, one that names the need second will do.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from app.web.languages import language
from app.web.site import Site
from schemas.paths import CarePath, Step
from schemas.search import Hit, SearchRequest
from schemas.taxonomy import Names

SHOWN = 3
"""Activities of one step."""

_READ = 8
"""How many times as many are read, so that those in passing can be left out."""


class FilledStep(NamedTuple):
    """One step with what was found.

    hits       up to SHOWN activities that fit, those of the step's first need first; empty where nothing does
    nearest    in that case others of the same need, whatever their kind, that no other step shows
    elsewhere  names of the steps that show what there is of the same need, where `nearest` has nothing more
    search     parameters of the search page that shows all
    """

    code: str
    name: Names
    text: Names
    total: int
    hits: tuple[Hit, ...]
    nearest: tuple[Hit, ...]
    elsewhere: tuple[Names, ...]
    search: dict[str, object]
    generation: str


def filled(
    path: CarePath, municipalities: Sequence[str], parts: Site, shown: int = SHOWN
) -> list[FilledStep]:
    """The steps of a path in order. What an earlier step shows is not shown again while there is more."""
    steps: list[FilledStep] = []
    seen: set[str] = set()
    filling = _Filling(path, tuple(municipalities), parts)
    for step in path.steps:
        done = filling.step(step, seen, shown)
        seen.update(hit.id for hit in done.hits)
        steps.append(done)
    if shown == 1:
        return steps
    for place, step in enumerate(path.steps):
        if not steps[place].hits:
            steps[place] = filling.widened(step, steps, place, shown - 1)
    return steps


class _Filling:
    """The searches of one path in one place."""

    def __init__(self, path: CarePath, municipalities: tuple[str, ...], parts: Site) -> None:
        self._path = path
        self._municipalities = municipalities
        self._parts = parts
        self._own = {need for step in path.steps for need in step.need}
        self._own.update(parts.wiring.care_paths.forms)

    def step(self, step: Step, seen: set[str], shown: int) -> FilledStep:
        """One step, filled."""
        request = self._request(step, _READ * shown + len(seen))
        result = self._parts.search.search(request)
        heading = self._parts.wiring.care_paths.heading(step.step)
        fitting = result.hits
        if step.need:
            fitting = self._chief(result.hits, step.need)
            if step.kind and not fitting:
                fitting = self._chief(result.hits, step.need, foreign=1)
        fresh = tuple(hit for hit in fitting if hit.id not in seen)
        return FilledStep(
            step.step,
            heading.name,
            heading.text,
            result.total,
            (fresh or fitting)[:shown],
            (),
            (),
            {"q": step.q, **request.chosen()},
            result.generation,
        )

    def widened(self, step: Step, steps: Sequence[FilledStep], place: int, shown: int) -> FilledStep:
        """The step at `place` with others of the same need: never of another, which would only look like an
        answer."""
        done = steps[place]
        if not (step.need and (step.kind or step.group)):
            return done
        wider = msgspec.structs.replace(self._request(step, _READ * SHOWN), kind=(), group=(), q="")
        same = self._chief(self._parts.search.search(wider).hits, step.need)
        at = {hit.id: other.name for other in steps for hit in (*other.hits, *other.nearest)}
        if new := [hit for hit in same if hit.id not in at]:
            return done._replace(nearest=tuple(new[:shown]))
        return done._replace(elsewhere=tuple(dict.fromkeys(at[hit.id] for hit in same)))

    def _request(self, step: Step, size: int) -> SearchRequest:
        return SearchRequest(
            q=step.q,
            municipality=self._municipalities,
            need=step.need,
            kind=step.kind,
            group=step.group,
            size=size,
            ui=language(),
        )

    def _chief(self, hits: Iterable[Hit], needs: tuple[str, ...], foreign: int = 0) -> tuple[Hit, ...]:
        """Hits that are about one of `needs` first of all, or after `foreign` matters; in each reach those of
        the first of `needs` first, of those the ones that name it first, then those about little else."""
        found = [(hit, *self._named(hit, needs, foreign)) for hit in hits]
        reach = list(dict.fromkeys(hit.group for hit, *_named in found))
        found = [entry for entry in found if entry[1] >= 0]
        return tuple(
            hit for hit, *_named in sorted(found, key=lambda entry: (reach.index(entry[0].group), *entry[1:]))
        )

    def _named(self, hit: Hit, needs: tuple[str, ...], foreign: int) -> tuple[int, int, int]:
        """(which of `needs` a hit names first, at which place, beside how many foreign matters); -1 where too
        much else comes before."""
        for place, code in enumerate(hit.needs):
            if code in needs:
                return needs.index(code), place, sum(other not in self._own for other in hit.needs)
            if code not in self._own:
                foreign -= 1
                if foreign < 0 or self._elsewhere(code):
                    break
        return -1, 0, 0

    def _elsewhere(self, code: str) -> bool:
        """Whether a need is one of other hospital units than those of the path: another illness."""
        units = self._parts.taxonomy.needs[code].units
        return bool(units and self._path.units) and not set(units) & set(self._path.units)
