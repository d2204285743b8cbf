"""`python -m mkdocs_design_portfolio`."""

from .cli import main

main(prog_name="design-portfolio")
