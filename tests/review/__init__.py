"""The rules of the review, and what they read."""
