"""Routes whose builders are made late lead to the same addresses as Werkzeug's own."""

import pytest
from werkzeug.routing import BuildError, Map, Rule

from app.web.routes import QuickRule

_PATHS = ("/", "/haku", "/toiminta/<id>", "/tietue/<path:source>/<int(fixed_digits=3):page>")
_ASKED: tuple[tuple[int, dict[str, str | int]], ...] = (
    (0, {}),
    (1, {"q": "suru & ilo", "sivu": 2}),
    (2, {"id": "ä/1"}),
    (2, {"id": "x", "kieli": "sv"}),
    (3, {"source": "a/b", "page": 7}),
)


@pytest.mark.parametrize(("number", "values"), _ASKED)
def test_addresses_are_those_of_the_usual_rule(number: int, values: dict[str, str | int]) -> None:
    built = []
    for kind in (Rule, QuickRule):
        routes = Map([kind(path, endpoint=str(at)) for at, path in enumerate(_PATHS)]).bind("example.fi")
        built.append([routes.build(str(number), values) for _ in range(2)])
    assert built[0] == built[1]


def test_an_address_without_its_values_is_refused() -> None:
    with pytest.raises(BuildError):
        Map([QuickRule("/toiminta/<id>", endpoint="a")]).bind("example.fi").build("a", {})
