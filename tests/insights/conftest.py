"""A journal made of rows: what patterns are counted over, without files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from reflect.community.shares import Share, write_share
from reflect.records.compose import Content, compose
from reflect.records.record import encoded, read_record
from reflect.records.ulid import make_ulid
from reflect.store.rows import Shared, insert
from reflect.store.scan import FileSeen
from reflect.workspace import Workspace
from tests.conftest import NOW

Add = Callable[..., str]


@pytest.fixture
def add(workspace: Workspace) -> Add:
    """Add a record, or several that are alike, and return the id of the last."""
    numbers = itertools.count(1)

    def one(kind_name: str, title: str, day: str, place: str, owner: str, content: dict[str, Any]) -> str:
        number = next(numbers)
        kind = workspace.kinds.get(kind_name)
        record_id = make_ulid(number, bytes(10))
        text = compose(
            kind, record_id, f"{day}T20:00:00-06:00", Content(title=title or f"{kind_name} {number}", **content)
        )
        for name in content["fields"].keys() - {field.name for field in kind.fields}:
            # What the program writes beside the fields of a kind.
            text = text.replace("---\n", f"---\n{name}: {content['fields'][name]}\n", 1)
        path = f"{kind.folder}/{day[:4]}/{day[5:7]}/{day}-{number}.md"
        record = read_record(encoded(text), path, workspace.kinds.folders, place)
        seen = FileSeen(path, len(text), int(NOW.timestamp() * 1e9))
        with workspace._database.writing() as connection:
            insert(connection, [(record, seen, Shared(owner=owner))])
        return record_id

    def add(
        kind: str,
        title: str = "",
        day: str = "2026-11-01",
        times: int = 1,
        place: str = "",
        owner: str = "",
        lenses: Sequence[str] = (),
        agenda: str = "",
        links: Sequence[str] = (),
        sections: dict[str, str] | None = None,
        body: str = "",
        **fields: Any,
    ) -> str:
        content = {
            "lenses": tuple(lenses),
            "agenda": agenda,
            "links": tuple(links),
            "sections": sections or {},
            "body": body,
            "fields": fields,
        }
        return [one(kind, title, day, place, owner, content) for _ in range(times)][-1]

    return add


@pytest.fixture
def send(workspace: Workspace, add: Add) -> Add:
    """Add a record and its copy in a community; returns the id in the vault."""

    def send(kind: str, title: str = "", day: str = "2026-11-01", withdrawn: str = "", **parts: Any) -> str:
        own = add(kind, title, day, **parts)
        copy = make_ulid(10**6, own.encode()[-10:]) if withdrawn else add(kind, title, day, place="rivertown", **parts)
        write_share(workspace.vault.root, Share(copy, own, "rivertown", day, "0", withdrawn))
        return own

    return send
