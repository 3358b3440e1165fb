"""Where the terminal's own cursor stands: what screen readers and Braille displays follow."""

from __future__ import annotations

from typing import cast

from textual.geometry import Offset
from textual.widget import Widget


def caret_of(focused: Widget | None) -> Offset | None:
    """Return where on the screen the caret belongs, None where nothing takes keys.

    What one types in says it as Textual's own widgets do; a list or page of ours by `caret`.
    """
    if focused is None or not focused.is_attached:
        return None
    typing = getattr(focused, "cursor_screen_offset", None)
    if typing is not None:
        return cast(Offset, typing)
    region = focused.content_region
    place = cast(Offset, getattr(focused, "caret", Offset(0, 0)))
    if getattr(focused, "highlighted", None):
        # A list of choices that was opened below a field.
        place = Offset(0, cast(int, focused.highlighted) - focused.scroll_offset.y)  # type: ignore[attr-defined]
    last = Offset(max(0, region.width - 1), max(0, region.height - 1))
    return region.offset + Offset(min(max(0, place.x), last.x), min(max(0, place.y), last.y))
