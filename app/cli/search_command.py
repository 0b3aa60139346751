"""`vierelle search TEXT`."""

import click

from app.cli.output import print_json, wired


@click.command("search")
@click.argument("text", nargs=-1)
@click.option("--municipality", multiple=True, help="Name (any case form) or code; may be repeated.")
@click.option("--need", multiple=True, help="Code of a need; may be repeated.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option("--explain", is_flag=True, help="Show terms, weights and scores of each hit.")
@click.option("--exact", is_flag=True, help="Do not correct spelling.")
def command(
    text: tuple[str, ...],
    municipality: tuple[str, ...],
    need: tuple[str, ...],
    limit: int,
    as_json: bool,
    explain: bool,
    exact: bool,
) -> None:
    """Search activities; what was not found is said, with what comes nearest."""
    from app.answers import search_answer
    from schemas.errors import BadQuery
    from schemas.search import SearchRequest

    wiring = wired()
    codes = []
    for name in municipality:
        code = wiring.municipality(name)
        if code is None:
            raise BadQuery(f"there is no municipality {name}")
        codes.append(code)
    unknown = [code for code in need if code not in wiring.taxonomy.needs]
    if unknown:
        raise BadQuery(f"there is no need {unknown[0]}; the codes stand in config/needs/")
    request = SearchRequest(q=" ".join(text), municipality=tuple(codes), need=need, size=limit, exact=exact)
    result = wiring.search.search(request)
    if as_json:
        print_json(search_answer(result, wiring))
        return
    from app.cli.hits import print_result

    lines = wiring.county.help_lines(result.interpretation.crisis or "")
    print_result(result, lines, explain=explain)
