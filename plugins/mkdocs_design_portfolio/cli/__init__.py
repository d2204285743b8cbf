"""The commands, as an ordinary console script and for `mkdocs` itself to load, each imported when it is called."""

from __future__ import annotations

import importlib

import click

MODULES = (
    "new_portfolio",
    "new_design",
    "new_note",
    "guide",
    "progress",
    "check_numbers",
    "review_design",
    "roadmap",
    "explain",
    "related",
    "rename",
)
"""The module of every command, in the order of the help; it is named as the command is."""


def commands() -> tuple[click.Command, ...]:
    """Return every command, in the order of the help."""
    return tuple(map(_load, MODULES))


def _load(module: str) -> click.Command:
    found = importlib.import_module(f"{__name__}.{module}").command
    assert isinstance(found, click.Command)
    return found


class _Group(click.Group):
    """Imports a command when it is asked for: some bring libraries that take a tenth of a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [module.replace("_", "-") for module in MODULES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = cmd_name.replace("-", "_")
        return _load(module) if cmd_name in self.list_commands(ctx) else None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="mkdocs-design-portfolio", message="%(prog)s %(version)s")
def main() -> None:
    """Write, measure and publish a portfolio of system designs.

    The same commands are there on mkdocs itself, as in: mkdocs new-design "rate limiter"
    """
