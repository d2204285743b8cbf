"""The rules of the review, by the step that they read; each is one function named after its rule."""
