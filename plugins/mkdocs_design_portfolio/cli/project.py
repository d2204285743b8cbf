"""The project that a command was called in."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml
import yaml_env_tag

from ..core.journal import recover
from ..core.model import Portfolio, Problem
from ..core.scan import FlowError, scan
from ..core.settings import Settings, read_settings

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""What MkDocs itself looks for."""

config_file_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The MkDocs configuration; otherwise mkdocs.yml here or in a folder above.",
)


class Failure(click.ClickException):
    """A mistake that a person can mend, told in one line; exit status 1."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))


class Misuse(Failure):
    """A wrong argument; exit status 2."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Project:
    """A portfolio, and the site that it is part of."""

    settings: Settings
    config: str
    """The configuration file, relative to the root, as `docs_dir` is."""
    docs_dir: str
    named: bool
    """Whether the configuration names our plugin."""


def find_project(config_file: Path | None) -> Project:
    """Return the project around the current folder, or of the given configuration.

    Problems with single options go to stderr and leave the default in force; a rename that was
    interrupted is finished first. Raises `Failure` when there is no project or its configuration cannot be read.
    """
    _speak_in_any_encoding()
    path = _config_path(config_file)
    done, problems = recover(path.parent)
    if done:
        click.echo(f"Finished an interrupted rename: {done}", err=True)
    config = _load(path)
    options = _plugin_options(config)
    settings, found = read_settings(options or {}, root=path.parent, path=path.name)
    for problem in (*problems, *found):
        warn(problem)
    docs = config.get("docs_dir")
    docs_dir = Path(docs if isinstance(docs, str) else "docs").as_posix()
    return Project(settings, path.name, docs_dir, options is not None)


def find_settings(config_file: Path | None) -> Settings:
    """Return the settings of the project, as `find_project` finds it."""
    return find_project(config_file).settings


def read_portfolio(settings: Settings) -> tuple[Portfolio, tuple[Problem, ...]]:
    """Scan the portfolio, or raise `Failure` when its flow cannot be read."""
    try:
        return scan(settings)
    except FlowError as error:
        raise Failure(error.problems[0]) from None


def warn(problem: Problem) -> None:
    """Tell of a problem on stderr."""
    click.echo(f"warning: {problem}", err=True)


def _speak_in_any_encoding() -> None:
    """Let a terminal or pipe that lacks a letter show its code instead of failing the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _config_path(config_file: Path | None) -> Path:
    here = Path.cwd()
    if config_file is not None:
        if not config_file.is_file():
            raise Failure(Problem(str(config_file), None, "there is no such file", "name a MkDocs configuration"))
        return config_file.absolute()
    for folder in (here, *here.parents):
        for name in CONFIG_NAMES:
            if (folder / name).is_file():
                return folder / name
    mend = "run this inside a project, or pass --config-file"
    raise Failure(Problem(str(here), None, "no mkdocs.yml here or in any folder above", mend))


class _Loader(yaml.SafeLoader):
    """Reads a MkDocs configuration without importing what its tags name."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


def _load(path: Path) -> dict[str, Any]:
    """Read a configuration, its `INHERIT`ed parents underneath."""
    try:
        config = yaml.load(path.read_text(encoding="utf-8-sig"), _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fact = f"not valid YAML: {getattr(error, 'problem', None) or 'unreadable'}"
        raise Failure(Problem(path.name, mark.line + 1 if mark else 1, fact, "mend the YAML")) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(Problem(path.name, None, f"cannot be read: {error}", "mend the file")) from None
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise Failure(Problem(path.name, 1, "the configuration is not a mapping", "write it as 'name: value' lines"))
    parent = config.get("INHERIT")
    if isinstance(parent, str) and (path.parent / parent).is_file():
        return {**_load(path.parent / parent), **config}
    return config


def _plugin_options(config: dict[str, Any]) -> dict[str, Any] | None:
    """Return the options of our plugin, which MkDocs lets one list or map; None where it is not named."""
    plugins = config.get("plugins") or []
    entries = plugins.items() if isinstance(plugins, dict) else _listed(plugins)
    for name, options in entries:
        if name == "design-portfolio":
            return options if isinstance(options, dict) else {}
    return None


def _listed(plugins: list[Any]) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for entry in plugins:
        pairs += entry.items() if isinstance(entry, dict) else [(str(entry), None)]
    return pairs
