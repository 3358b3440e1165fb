"""Whose a shared record is: the name that it says, against who added it."""

from __future__ import annotations

from reflect.records.textforms import as_seen, one_line


def in_anothers_name(author: str, added_by: str, is_mine: bool = True, my_name: str = "") -> str:
    """Return in words that a record speaks in another's name, `""` where it does not.

    `author` stands in the record, `added_by` is the name of whoever added it. `my_name` is one's own
    in that community, which nobody else may use unseen: `is_mine` says whether one added it oneself.
    """
    author, added_by = one_line(author), one_line(added_by)
    if not author or not added_by:
        return ""
    if not is_mine and my_name and as_seen(author) == as_seen(my_name):
        by = f"someone else called {added_by}" if as_seen(added_by) == as_seen(my_name) else added_by
        return f"says it is by you; it was added by {by}"
    return f"says it is by {author}; it was added by {added_by}" if as_seen(author) != as_seen(added_by) else ""
