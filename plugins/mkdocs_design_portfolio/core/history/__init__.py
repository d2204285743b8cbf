"""What git knows of the designs and notes: since when they are there, and what changed since their first version."""
