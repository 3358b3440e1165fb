"""Beginning from a starter agenda: a copy of its records under new ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from reflect.errors import NotFound
from reflect.records.document import Document
from reflect.records.record import AGENDA_FOLDER
from reflect.store.files import write_durably
from reflect.store.shipped import shipped_folder

ULID_IN_TEXT = re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b")
ID_IN_NAME = re.compile(r"-[0-9a-z]{4}\.md$")


def starter_slugs() -> list[str]:
    """Return the names of the starter agendas that ship with the program."""
    folder = shipped_folder("agendas")
    return sorted(each.name for each in folder.iterdir() if (each / "agenda.md").is_file()) if folder.is_dir() else []


def starter_title(slug: str) -> str:
    """Return the question that a starter agenda pursues."""
    text = (shipped_folder("agendas") / slug / "agenda.md").read_text("utf-8")
    return str(Document.parse(text).values.get("title", slug))


def begin_from(root: Path, slug: str, created: str, new_id: Callable[[], str]) -> list[str]:
    """Write a copy of a starter agenda into a vault and return its files; one that is there is left alone."""
    number, folder = 1, slug
    while (root / AGENDA_FOLDER / folder).exists():
        number += 1
        folder = f"{slug}-{number}"
    paths = []
    for path, text in copied_starter(slug, created, new_id):
        path = path.replace(f"{AGENDA_FOLDER}/{slug}/", f"{AGENDA_FOLDER}/{folder}/", 1)
        write_durably(root / path, text.encode())
        paths.append(path)
    return paths


def copied_starter(slug: str, created: str, new_id: Callable[[], str]) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of each record of a starter agenda, under new ids, begun on the day `created`."""
    folder = shipped_folder("agendas") / slug
    if slug not in starter_slugs():
        raise NotFound(f"There is no starter agenda “{slug}”.", f"There are: {', '.join(starter_slugs())}.")
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}
    ids = {str(Document.parse(text).values.get("id", "")): new_id() for text in texts.values()}
    for path, text in texts.items():
        renamed = ULID_IN_TEXT.sub(lambda match: ids.get(match[0], match[0]), text)
        document = Document.parse(renamed).with_value("created", created)
        if path.name == "agenda.md":
            document = document.with_value("started_from", slug)
        yield _path(path.relative_to(folder), slug, document, created), document.text


def _path(relative: Path, slug: str, document: Document, created: str) -> str:
    if relative.name == "agenda.md":
        return f"{AGENDA_FOLDER}/{slug}/agenda.md"
    ending = str(document.values["id"])[-4:].lower()
    name = ID_IN_NAME.sub(f"-{ending}.md", created[:10] + relative.name[10:])
    return f"{AGENDA_FOLDER}/{slug}/{relative.parent.as_posix()}/{name}"
