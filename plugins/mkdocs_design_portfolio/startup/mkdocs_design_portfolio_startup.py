"""Adds this package's commands to `mkdocs`, which has no hook for that.

The `.pth` file beside this module calls `install()` when Python starts with "mkdocs" among its
arguments. That puts one finder on `sys.meta_path`, which watches for one module, `mkdocs.__main__`,
and adds lazy commands once it has run. Standard library only; nothing else of MkDocs is touched,
and nothing of this package is imported before one of its commands is called.
"""

import sys

COMMANDS = (
    (
        "new-portfolio",
        "new_portfolio",
        "Make DIR a working portfolio: configuration, templates, roadmap, a first note, publishing, a mentor's brief.",
    ),
    ("new-design", "new_design", "Start a design: write designs/YYYY-MM-DD-title.md from your template."),
    ("new-note", "new_note", "Start a study note: write notes/title.md from your template."),
    (
        "guide",
        "guide",
        "Walk through the steps of DESIGN: what to answer, what is lacking; write, see what is met, go on.",
    ),
    ("progress", "progress", "Show how far your designs are, or what one DESIGN still lacks, step by step."),
    (
        "check-numbers",
        "check_numbers",
        "Check the numbers of capacity blocks, and what the text around them says.",
    ),
    (
        "review-design",
        "review_design",
        "Read each DESIGN as a critical colleague would, by rule, and say what to mend and what is strong.",
    ),
    ("roadmap", "roadmap", "Show the roadmap with the work attached to it, or one STAGE of it, and what to do next."),
    (
        "explain",
        "explain",
        "Explain CONCEPT from your own notes: what it is, where it is taught and where it is used.",
    ),
    ("related", "related", "Show the notes and designs closest in content to DESIGN, and the terms they share."),
    (
        "rename",
        "rename",
        "Rename a design or note: move it, retitle it and rewrite every link to it, all or nothing.",
    ),
)
"""Name, module in `mkdocs_design_portfolio.cli`, and short help of each command."""

_TARGET = "mkdocs.__main__"
_RUN = f"import importlib; importlib.import_module({_TARGET!r}).cli()"


def install():
    """Watch for `mkdocs.__main__`; a second call does nothing (a venv's .pth is read twice)."""
    if not any(type(finder).__name__ == _Finder.__name__ for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    """Finds `mkdocs.__main__` as the finders after this one do, and wraps its loader."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname != _TARGET:
            return None
        later = sys.meta_path[sys.meta_path.index(self) + 1 :] if self in sys.meta_path else ()
        for finder in later:
            find = getattr(finder, "find_spec", None)
            spec = find(fullname, path, target) if find else None
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader)
                return spec
        return None


class _Loader:
    """The real loader, and our commands after it."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return getattr(self._real, name)

    def create_module(self, spec):
        return self._real.create_module(spec)

    def exec_module(self, module):
        self._real.exec_module(module)
        try:
            _add_commands(module.cli)
        except Exception as error:  # whatever went wrong here, `mkdocs` itself must work
            if any(argument in {name for name, _, _ in COMMANDS} for argument in sys.argv[1:2]):
                print(f"mkdocs-design-portfolio: cannot add its commands: {error}", file=sys.stderr)

    def get_code(self, fullname):
        """Answer `python -m mkdocs`: run the module under its own name, so that it passes through here."""
        return compile(_RUN, f"<{fullname}>", "exec")


def _add_commands(group):
    import importlib

    import click

    class LazyCommand(click.Command):
        """A name and a short help; the command itself is imported when it is called."""

        def __init__(self, name, module, short_help):
            super().__init__(name, help=short_help, short_help=short_help)
            self._module = module

        def make_context(self, info_name, args, parent=None, **extra):
            module = importlib.import_module(f"mkdocs_design_portfolio.cli.{self._module}")
            return module.command.make_context(info_name, args, parent, **extra)

    for name, module, short_help in COMMANDS:
        if name not in group.commands:
            group.add_command(LazyCommand(name, module, short_help))
