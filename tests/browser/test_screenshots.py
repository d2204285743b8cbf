"""The pictures that whoever changes the theme looks at."""

from __future__ import annotations

import struct

from tests.screenshots import shots, take

from .pages import PAGES


def test_what_readers_do_is_pictured_under_its_own_name(browser, site, tmp_path):
    found = list(shots(site, {}))
    names = [shot.name for shot in found]
    assert len(set(names)) == len(names)
    assert set(PAGES) < set(names)
    done = [shot for shot in found if shot.name not in PAGES]
    assert {"search", "diagram-open", "designs-none", "compare-two"} < {shot.name for shot in done}
    take(browser, done, tmp_path, width=390, scheme="dark", full=False)
    for shot in done:
        head = (tmp_path / f"{shot.name}-390-dark.png").read_bytes()[16:24]
        assert struct.unpack(">II", head) == (390, 844)
