"""Dated design documents, study notes and a roadmap, as a portfolio site."""
