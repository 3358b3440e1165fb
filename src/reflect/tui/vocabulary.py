"""What the filters of this journal may be, for the lines that complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.records.paths import agenda_folder_of
from reflect.records.query import Filters
from reflect.store.catalog import Row
from reflect.tui.offering import Offer, Vocabulary

if TYPE_CHECKING:
    from reflect.workspace import Workspace

NAMES = (
    Offer("kind", "what sort of record"),
    Offer("tag", "a word of your own"),
    Offer("lens", "a way of looking"),
    Offer("agenda", "of one agenda"),
    Offer("since", "from a day on"),
    Offer("until", "up to a day"),
    Offer("in", "a place"),
)
DAYS = ("today", "yesterday", "last monday", "last week", "last month", "3 months ago", "last year")
MOST_TAGS = 500


def filter_words(workspace: Workspace) -> Vocabulary:
    """Return the names of the filters and what may stand behind each."""
    lang = workspace.lang
    kinds = [Offer(kind.name, kind.shown_label(lang)) for kind in workspace.kinds.all()]
    lenses = [Offer(lens.slug, lens.title) for each in workspace.frameworks for lens in each.lenses]
    known = {lens.text for lens in lenses}
    lenses += [Offer(name) for name, _ in workspace.catalog.labels("lens") if name not in known]
    agendas = [_agenda(row) for row in workspace.catalog.rows(Filters(kinds=("agenda",)))]
    days = [Offer(each, "") for each in DAYS]
    values = {
        "kind": kinds,
        "tag": tags_in_use(workspace),
        "lens": lenses,
        "agenda": agendas,
        "since": days,
        "until": days,
        "in": [Offer("vault", "your own journal")],
    }
    return Vocabulary(values, NAMES)


def tags_in_use(workspace: Workspace) -> list[Offer]:
    """Return the tags of all records, the most used first."""
    return [Offer(name, f"{number:,}") for name, number in workspace.catalog.labels("tag")[:MOST_TAGS]]


def _agenda(row: Row) -> Offer:
    folder = agenda_folder_of(row.path).rpartition("/")[2]
    return Offer(folder, row.title) if folder else Offer(row.title)
