"""The language of capacity blocks, in Python and in the browser."""
