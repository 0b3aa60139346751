"""Stencils: what is filled in is what the template would have drawn."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from app.web.stencils import Fixed, Stencils
from app.web.telling import Told

TEMPLATE = """<p class="{{ kind }}">{% if name %}{{ name }}: {% endif %}{{ text }} 100 %</p>
{% for word in words %}<a href="{{ word.link }}"{% if word.chosen %} class="on"{% endif %}>{{ word.name }}</a>
{% endfor %}{% if kind == "big" %}<hr>{% endif %}{{ text }}"""


class Word(NamedTuple):
    name: str
    link: str
    chosen: bool


def _drawing(template: str = TEMPLATE) -> Any:
    environment = Environment(loader=DictLoader({"t": template}), autoescape=True)
    calls = []

    def draw(values: Mapping[str, Any]) -> str:
        calls.append(values)
        return environment.get_template("t").render(**values)

    return draw, calls


def _told(text: str, lang: str) -> Told:
    found = Told(text)
    found.lang = lang
    return found


VALUES: list[dict[str, Any]] = [
    {"kind": Fixed("big"), "name": "A & B", "text": "<i>50 %s</i>", "words": [Word("x", "/?a=1&b=2", True)]},
    {"kind": Fixed("big"), "name": "", "text": "\ue0001\ue001 %(x)s {0}", "words": []},
    {
        "kind": Fixed(""),
        "name": Markup("<b>c</b>"),
        "text": _told("må", "sv"),
        "words": [Word("y", "", False)] * 3,
    },
    {"kind": Fixed("big"), "name": "c", "text": "'\"", "words": [Word("", "z", True), Word("q", "r", False)]},
]


@pytest.mark.parametrize("values", VALUES)
def test_what_is_filled_in_is_what_the_template_draws(values: dict[str, Any]) -> None:
    draw, _ = _drawing()
    stencils = Stencils()
    plain = draw(values)
    assert stencils.drawn("t", values, draw) == plain
    assert stencils.drawn("t", values, draw) == plain


def test_pages_of_one_shape_are_drawn_once_and_those_of_another_anew() -> None:
    draw, calls = _drawing()
    stencils = Stencils()
    for number in range(5):
        values = {"kind": Fixed("big"), "name": f"n{number}", "text": "t" * number + "t", "words": []}
        assert f"n{number}: " in stencils.drawn("t", values, draw)
    assert len(calls) == 1
    without = {"kind": Fixed("big"), "name": "", "text": "t", "words": []}
    assert ": " not in stencils.drawn("t", without, draw) and len(calls) == 2
    assert "<hr>" not in stencils.drawn("t", {**without, "kind": Fixed("small")}, draw)


def test_no_text_of_a_page_stays_in_a_stencil() -> None:
    draw, calls = _drawing()
    Stencils().drawn("t", {"kind": Fixed("big"), "name": "sana", "text": "sana", "words": []}, draw)
    assert "sana" not in draw(calls[0])


@pytest.mark.parametrize(
    "template",
    [
        "{{ text|upper }}",
        "{{ text ~ 'x' }}",
        "{% if text == 'x' %}{% endif %}",
        "{{ text[:1] }}",
        "{{ text|length }}",
    ],
)
def test_a_template_that_does_more_than_print_a_text_fails_at_once(template: str) -> None:
    draw, _ = _drawing(template)
    with pytest.raises(TypeError, match="only be printed"):
        Stencils().drawn("t", {"text": "a"}, draw)


def test_the_oldest_stencils_go_first() -> None:
    draw, calls = _drawing("{{ a }}")
    stencils = Stencils(most=2)
    for key in ("x", "y", "z", "x"):
        stencils.drawn(key, {"a": "1"}, draw)
    assert len(calls) == 4 and len(stencils) == 2
