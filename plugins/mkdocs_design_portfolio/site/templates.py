"""The theme's templates as Jinja compiled them, kept from build to build: that takes longer than a page or two."""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache

from ..core.store import Store, digest


class Compiled(BytecodeCache):
    """Compiled templates in a store."""

    def __init__(self, store: Store | None, code: str) -> None:
        self.store = store
        self.code = code
        """The checksum of the code, Jinja's and Python's versions included."""
        self.names: set[str] = set()
        """Of what this build needs."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from the store, if it is there as it is now."""
        kept = self.store.load(self._name(bucket)) if self.store else None
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put a template into the store."""
        if self.store:
            self.store.save(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        name = digest("template", self.code, bucket.key, bucket.checksum)
        self.names.add(name)
        return name
