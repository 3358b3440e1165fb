"""Two versions of one record that could not be joined: kept side by side, until a person resolves it."""

from __future__ import annotations

from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.paths import conflict_path
from reflect.records.ulid import is_ulid

CONFLICT_OF = "conflict_of"


def second_version(text: str, path: str, record_id: str, new_id: str) -> tuple[str, str]:
    """Return the path and the text under which a second version stands beside the record at `path`.

    It gets an id of its own and says whose version it is; a text that cannot be parsed is kept as it is.
    """
    beside = conflict_path(path, new_id)
    try:
        document = Document.parse(text)
        if is_ulid(record_id):
            document = document.with_value(CONFLICT_OF, record_id)
        return beside, document.with_value("id", new_id).text
    except Unreadable:
        return beside, text
