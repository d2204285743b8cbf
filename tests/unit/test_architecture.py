"""The house: what may import what, and what every module says of itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_design_portfolio import cli

PACKAGE = Path(cli.__file__).parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = sorted(
    ".".join(path.relative_to(PACKAGE / "core").with_suffix("").parts) for path in (PACKAGE / "core").rglob("*.py")
)


@pytest.mark.parametrize("name", CORE)
def test_core_knows_no_host(name):
    """Importing any module of core brings in neither MkDocs nor Jinja nor click."""
    module = f"mkdocs_design_portfolio.core.{name}".removesuffix(".__init__")
    code = f"import sys, {module}; print([m for m in ('mkdocs', 'jinja2', 'click', 'material') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_commands_import_neither_the_adapter_nor_material():
    """`cli` never imports `site`, nor the theme."""
    code = "import sys, mkdocs_design_portfolio.cli as c; print([m for m in sys.modules if 'portfolio.site' in m or m == 'material'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_module_and_every_public_name_says_what_it_is(path):
    """A docstring on the module, one line first; one on each public function, class and method."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), path
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            inside_function = any(
                isinstance(outer, ast.FunctionDef) and node in ast.walk(outer) and node is not outer
                for outer in ast.walk(tree)
            )
            private = any(
                isinstance(outer, ast.ClassDef) and outer.name.startswith("_") and node in outer.body
                for outer in ast.walk(tree)
            )
            assert inside_function or private or ast.get_docstring(node), f"{path.name}:{node.lineno} {node.name}"


def test_site_and_cli_do_not_import_each_other():
    """Imports run from cli and site to core only."""
    for folder, forbidden in (("cli", "site"), ("site", "cli"), ("core", "site"), ("core", "cli")):
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    assert not (node.module or "").startswith(forbidden), path


def test_the_hook_offers_exactly_the_commands_with_their_own_help():
    """The static table of the hook is that of the commands."""
    sys.path.insert(0, str(PACKAGE / "startup"))
    try:
        import mkdocs_design_portfolio_startup as hook
    finally:
        sys.path.pop(0)
    offered = {name: (module, text) for name, module, text in hook.COMMANDS}
    assert list(offered) == [command.name for command in cli.commands()]
    for command in cli.commands():
        module, text = offered[command.name]
        assert command.callback.__module__ == f"mkdocs_design_portfolio.cli.{module}"
        assert (command.help or "").split("\n\n")[0].replace("\n", " ") == text
