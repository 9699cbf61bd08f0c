"""A page of an atlas with what it carries packed in the open, for tests that look for words in it."""

from __future__ import annotations

import re

from clearance_atlas.rendering.encoding import unpack

PACKED = re.compile(r'(?<=<script type="text/plain" id="atlas-)(\w+)">(.*?)(?=</script>)')


def opened(page: str) -> str:
    """Return a page with its data and its script unpacked where they stand."""
    text, count = PACKED.subn(lambda found: f'{found[1]}">{unpack(found[2])}', page)
    assert count == 3, "an atlas page packs what its pages share, its own data and its script"
    return text
