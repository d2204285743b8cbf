"""The package in fresh environments, installed as people install it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Project

PLAIN = "site_name: Plain\n"


@dataclass(frozen=True)
class Environment:
    """A virtual environment and what is run in it."""

    root: Path

    @property
    def bin(self) -> Path:
        """Where its commands are."""
        return self.root / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        return subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=cwd,
            env={**inherited, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def pip(self, *args: str) -> None:
        """Run pip, which must succeed."""
        done = self.run("python", "-m", "pip", "--disable-pip-version-check", *args, cwd=self.root)
        assert done.returncode == 0, done.stderr

    def uv(self, *args: str) -> None:
        """Run `uv pip` on this environment, which must succeed."""
        command = [sys.executable, "-m", "uv", "pip", args[0], "--python", str(self.bin / "python"), *args[1:]]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An empty virtual environment with pip."""
    venv.create(tmp_path / "venv", with_pip=True)
    return Environment(tmp_path / "venv")


@pytest.fixture
def bare(tmp_path: Path) -> Environment:
    """An empty virtual environment without pip."""
    venv.create(tmp_path / "venv", with_pip=False)
    return Environment(tmp_path / "venv")


def _works(environment: Environment, demo: Project) -> None:
    """Scaffold with each spelling of the command, build strictly, and read the progress."""
    spellings = (
        (["mkdocs", "new-design", "rate limiter"], "rate-limiter"),
        (["python", "-m", "mkdocs", "new-design", "job queue"], "job-queue"),
        (["design-portfolio", "new-design", "web crawler"], "web-crawler"),
        (["python", "-m", "mkdocs_design_portfolio", "new-design", "chat"], "chat"),
    )
    ids = []
    for command, slug in spellings:
        done = environment.run(*command, cwd=demo.root)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("designs/") and done.stdout.endswith(f"-{slug}.md\n")
        assert (demo.root / done.stdout.strip()).is_file()
        ids.append(Path(done.stdout.strip()).stem)
    built = environment.run("mkdocs", "build", "--strict", cwd=demo.root)
    assert built.returncode == 0, built.stderr
    for id in ids:
        assert demo.design(id)["progress"] == {"done": 0, "total": 11, "percent": 0}
        (demo.root / f"designs/{id}.md").unlink()


def _is_plain(environment: Environment, folder: Path) -> None:
    """Plain `mkdocs` works and knows nothing of us."""
    project = Project(folder / "plain")
    project.write("mkdocs.yml", PLAIN)
    project.write("docs/index.md", "# Plain\n")
    built = environment.run("mkdocs", "build", "--strict", cwd=project.root)
    assert built.returncode == 0, built.stderr
    for command in (["mkdocs"], ["python", "-m", "mkdocs"]):
        assert "new-design" not in environment.run(*command, "--help", cwd=project.root).stdout
    refused = environment.run("mkdocs", "new-design", "x", cwd=project.root)
    assert refused.returncode == 2
    assert "No such command 'new-design'" in refused.stderr
    left = [path for path in environment.root.rglob("*design_portfolio*") if path.suffix != ".pyc"]  # uv leaves those
    assert left == []


def test_pip_install_then_reinstalled_mkdocs_then_uninstall(environment, demo, tmp_path):
    environment.pip("install", str(REPOSITORY))
    _works(environment, demo)
    environment.pip("install", "--upgrade", "--force-reinstall", "mkdocs<2")
    _works(environment, demo)
    environment.pip("uninstall", "--yes", "mkdocs-design-portfolio")
    _is_plain(environment, tmp_path)


def test_uv_pip_install_then_reinstalled_mkdocs_then_uninstall(bare, demo, tmp_path):
    bare.uv("install", str(REPOSITORY))
    _works(bare, demo)
    bare.uv("install", "--upgrade", "--reinstall", "mkdocs<2")
    _works(bare, demo)
    bare.uv("uninstall", "mkdocs-design-portfolio")
    _is_plain(bare, tmp_path)


def test_editable_install_over_a_present_mkdocs_with_pip(environment, demo):
    environment.pip("install", "mkdocs<2")
    environment.pip("install", "--editable", str(REPOSITORY))
    _works(environment, demo)


def test_editable_install_over_a_present_mkdocs_with_uv(bare, demo, tmp_path):
    bare.uv("install", "mkdocs<2")
    bare.uv("install", "--editable", str(REPOSITORY))
    _works(bare, demo)
    bare.uv("uninstall", "mkdocs-design-portfolio")
    _is_plain(bare, tmp_path)


def test_a_package_that_cannot_be_imported_leaves_mkdocs_alone(bare, tmp_path):
    bare.uv("install", str(REPOSITORY))
    package = next(bare.root.rglob("mkdocs_design_portfolio/__init__.py"))
    package.unlink()  # uv hard-links from its cache, so never write into an installed file
    package.write_text("raise RuntimeError('broken')\n", encoding="utf-8")
    project = Project(tmp_path / "plain")
    project.write("mkdocs.yml", PLAIN)
    project.write("docs/index.md", "# Plain\n")
    built = bare.run("mkdocs", "build", "--strict", "--quiet", cwd=project.root)
    assert (built.returncode, built.stderr) == (0, "")


def test_the_hook_imports_nothing_of_the_package_before_it_is_called(bare, tmp_path):
    bare.uv("install", str(REPOSITORY))
    code = (
        "import sys; sys.argv = ['mkdocs', '--version']\n"
        "import mkdocs.__main__\n"
        "assert 'new-design' in mkdocs.__main__.cli.commands\n"
        "print(sorted(name for name in sys.modules if name.startswith('mkdocs_design_portfolio.')))\n"
        "print(sum('_Finder' in type(finder).__name__ for finder in sys.meta_path))\n"
    )
    done = bare.run("python", "-c", code, "mkdocs", cwd=tmp_path)
    assert done.stdout == "[]\n1\n", done.stderr
    other = bare.run(
        "python", "-c", "import sys; print(any('portfolio_startup' in name for name in sys.modules))", cwd=tmp_path
    )
    assert other.stdout == "False\n"


def test_every_installed_file_is_recorded(bare):
    bare.uv("install", str(REPOSITORY))
    record = next(bare.root.rglob("mkdocs_design_portfolio-*.dist-info/RECORD")).read_text(encoding="utf-8")
    assert "\nmkdocs_design_portfolio_startup.pth," in record
    assert "\nmkdocs_design_portfolio_startup.py," in record
    for data in (
        "flows/system-design.yml",
        "theme/design-portfolio/cards.html",
        "assets/design-portfolio/portfolio.css",
    ):
        assert data in record
