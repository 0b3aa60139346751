"""`vierelle block record|phone|mail|url|organisation VALUE --reason …`, `block list`, `block lift`."""

import click

from app.cli.output import print_json, wired
from app.cli.reindexing import reindexed
from schemas.catalogue.contract import Block, BlockKind

_KINDS = {
    BlockKind.RECORD: "Remove one activity by its id, with all records joined in it.",
    BlockKind.PHONE: "Remove a phone number from every record, from texts too.",
    BlockKind.MAIL: "Remove a mail address from every record, from texts too.",
    BlockKind.URL: "Remove the records that were read from an address.",
    BlockKind.ORGANISATION: "Remove all records of an organisation, by name or Y-tunnus.",
}


@click.group("block")
def command() -> None:
    """Remove a record or a contact for good: at once, and in every later crawl."""


def _subcommand(kind: BlockKind, help_text: str) -> click.Command:
    @click.command(kind.value, help=help_text)
    @click.argument("value")
    @click.option("--reason", required=True, help="Why; kept with the date.")
    @click.option(
        "--who",
        type=click.Choice(["operator", "contact"]),
        default="operator",
        show_default=True,
        help="Who asked: the operator, or the contact person whose data it is.",
    )
    def run(value: str, reason: str, who: str) -> None:
        wiring = wired()
        today = wiring.settings.now().date()
        touched = wiring.catalogue.block(Block(kind, value, reason, today, who))
        none = "" if touched else " (nothing has it now: is it spelt right? What comes later is kept out)"
        click.echo(f"blocked {kind.value}: {touched} records touched{none}; {reindexed(wiring)}")

    return run


for _kind, _text in _KINDS.items():
    command.add_command(_subcommand(_kind, _text))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(as_json: bool) -> None:
    """List all blocks, oldest first."""
    blocks = wired().catalogue.blocks()
    if as_json:
        print_json(blocks)
        return
    for block in blocks:
        click.echo(f"{block.date}  {block.kind.value:12} {block.value}  ({block.who}: {block.reason})")


@command.command("lift")
@click.argument("kind", type=click.Choice([kind.value for kind in BlockKind]))
@click.argument("value")
def lift(kind: str, value: str) -> None:
    """Lift a block; the data come back with the next crawl (exit code 3: there is no such block)."""
    if not wired().catalogue.unblock(BlockKind(kind), value):
        click.echo(f"vierelle: there is no block of {kind} {value}", err=True)
        raise click.exceptions.Exit(3)
    click.echo("lifted; the data come back with the next crawl")
