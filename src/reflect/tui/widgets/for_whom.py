"""A line that says, as long as one writes, that the text is for a community."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reflect.tui.words import for_all_in, plain_line


class ForWhom(Static):
    """Names the community and what happens on saving; not there while one writes in the journal."""

    DEFAULT_CSS = """
    ForWhom { display: none; height: auto; max-height: 2; padding: 0 1; background: $panel; color: $text-warning; }
    ForWhom.-shown { display: block; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)

    def show(self, community: str) -> None:
        """Say for which community it is, `""` for none."""
        says = for_all_in(community)
        self.update(Content.assemble("◎ ", plain_line(says[:1].upper() + says[1:] + ".")) if community else "")
        self.set_class(bool(community), "-shown")
