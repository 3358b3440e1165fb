"""Places that are far larger than they look, or that never end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.names import good
from tests.hostile.raw import FILE, FOLDER, Item, Raw, record

ZEROS = 200
MANY = 100_000
BESIDE = 1_000
DEEP = 5_000


def zeros(raw: Raw) -> str:
    """Return a tree with a record, and a blob of 200 MB of zeros by its side that calls itself one too."""
    blob = raw.zeros(ZEROS)
    inside = [Item(FILE, b"good.md", raw.blob(good(raw)["findings/good.md"])), Item(FILE, b"zeros.md", blob)]
    return raw.files({}, [Item(FOLDER, b"findings", raw.sorted_tree(inside))])


def many(raw: Raw, number: int = MANY) -> str:
    """Return a tree of so many small files, a thousand in a folder; one folder's files say the same."""
    folders = []
    for folder in range(number // BESIDE):
        blob = raw.blob(b"%d\n" % folder)
        inside = [Item(FILE, b"note-%04d.txt" % each, blob) for each in range(BESIDE)]
        folders.append(Item(FOLDER, b"%03d" % folder, raw.tree(inside)))
    return raw.files(good(raw), [Item(FOLDER, b"notes", raw.tree(folders))])


def deep(raw: Raw) -> str:
    """Return a tree nested 5,000 deep, with a record at its end."""
    tree = raw.files({"deep.md": record(50, "Deep")})
    for _ in range(DEEP):
        tree = raw.tree([Item(FOLDER, b"d", tree)])
    return raw.files(good(raw), [Item(FOLDER, b"findings2", tree)])


def much_text(raw: Raw) -> str:
    """Return a tree of records that are one text of 4 MB under many names: 2.4 GB for whoever reads them all."""
    text = record(60, "Much", "x" * (4_000_000))
    blob = raw.blob(text)
    inside = [Item(FILE, b"much-%04d.md" % each, blob) for each in range(600)]
    return raw.files(good(raw), [Item(FOLDER, b"stories", raw.tree(inside))])


def _unfolding(leaf: Callable[[Raw], str], mode: str) -> Callable[[Raw], str]:
    def build(raw: Raw) -> str:
        oid = leaf(raw)
        tree = raw.tree([Item(mode, b"%d" % each, oid) for each in range(10)])
        for _ in range(9):
            tree = raw.tree([Item(FOLDER, b"%d" % each, tree) for each in range(10)])
        return raw.files(good(raw), [Item(FOLDER, b"unfolds", tree)])

    return build


# Nothing of these is taken, with these words.
REFUSED: Mapping[str, tuple[Callable[[Raw], str], str]] = {
    "deep": (deep, "folders that lie more than 64 deep"),
    "unfolding": (_unfolding(lambda raw: raw.blob(b"x"), FILE), "names without end"),
    "unfolding-folders": (_unfolding(lambda raw: raw.tree([]), FOLDER), "names without end"),
    "much-text": (much_text, "more than 2 GiB of text"),
    "too-many": (lambda raw: many(raw, 200_000 + BESIDE), "more than 200,000 files or folders"),
}
