"""Mermaid diagrams read without Mermaid: by the grammars of its own parsers, as data."""
