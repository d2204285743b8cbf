"""Capacity numbers: quantities with units, worked out from what a document says and held against it."""
