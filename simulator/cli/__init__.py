"""The command line: a group whose commands are imported only when they are called.

A command is a module with a click command named ``command``. Its one-line help stands
here, so that ``lastday --help`` loads nothing but click.
"""

from importlib import import_module
from typing import Any

import click

from simulator.cli.exits import plain_endings

COMMANDS = {
    "run": "Replay a scenario, and try every control and alert on it.",
    "whatif": "Find the smallest sets of controls and alerts that are enough.",
    "assess": "Play all incidents against an organisation, and find its gaps.",
    "check": "Check scenario files, or print their JSON Schema.",
    "new": "Write a starter file, from answers or from your own lists.",
    "catalogue": "Look up controls and alerts.",
    "report": "Write the report of a scenario as Markdown, with a picture.",
}
"""Every command with its help, in the order of a first reading."""


class LazyGroup(click.Group):
    """Knows its commands by name, and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in their own order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"simulator.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is answered with the nearest known."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from simulator.errors import nearest

        hint = nearest(name, COMMANDS) or f"known: {', '.join(COMMANDS)}"
        raise click.UsageError(f"No such command {name!r}; {hint}", ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; nothing that a user can repair ends in a traceback."""
        with plain_endings():
            return super().invoke(ctx)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from simulator import __version__

        click.echo(f"lastday {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: lastday run scenarios/microblog-lastday-2017.yaml",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Replay account-deactivation incidents; test what would have stopped them."""
