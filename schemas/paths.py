"""Care paths: situations and steps that help, each step filled by a live search (`config/paths.toml`)."""

from collections.abc import Container
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError
from schemas.taxonomy import Names


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: which kind of step it is, and the search that fills it.

    step    code of a common step (first information, peer support, everyday life, relatives …)
    need    codes of needs, any of them, the most fitting first
    kind, group   codes as in a search request
    q       words of a search, where codes do not say it
    """

    step: str
    need: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    q: str = ""


class CommonStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that many paths share, with its heading and one sentence."""

    code: str
    name: Names
    text: Names


class CarePath(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One path: its title as the person would say it, an opening, its hospital units, its steps."""

    code: str
    title: Names
    intro: Names
    steps: tuple[Step, ...]
    units: tuple[str, ...] = ()


class CarePaths(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `config/paths.toml`.

    forms   codes of needs that name a form of support or company, not a matter: an activity that names them
            first is about what it names next
    """

    forms: tuple[str, ...] = ()
    step: tuple[CommonStep, ...] = ()
    path: tuple[CarePath, ...] = ()

    def find(self, code: str) -> CarePath | None:
        """The path with this code."""
        return next((path for path in self.path if path.code == code), None)

    def heading(self, code: str) -> CommonStep:
        """The common step with this code; `load_paths` has checked that it exists."""
        return next(step for step in self.step if step.code == code)


def load_paths(path: Path, needs: Container[str], units: Container[str]) -> CarePaths:
    """Read and check care paths. Raises ConfigurationError with the path and the code at fault."""
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=CarePaths)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    steps = {step.code for step in found.step}
    if unknown := [code for code in found.forms if code not in needs]:
        raise ConfigurationError(f"{path.name}: forms: {', '.join(unknown)}")
    seen: set[str] = set()
    for entry in found.path:
        wrong = [step.step for step in entry.steps if step.step not in steps]
        wrong += [need for step in entry.steps for need in step.need if need not in needs]
        wrong += [unit for unit in entry.units if unit not in units]
        if wrong or entry.code in seen:
            raise ConfigurationError(f"{path.name}: {entry.code}: {', '.join(wrong) or 'stands twice'}")
        seen.add(entry.code)
    return found
