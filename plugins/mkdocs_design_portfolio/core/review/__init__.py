"""A finished design, read critically by rules."""
