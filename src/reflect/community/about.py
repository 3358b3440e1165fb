"""Changing what a community says of itself: its purpose, its stewards, the keys of its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reflect.errors import ReflectError, UsageError
from reflect.records.community_file import (
    MAX_BYTES,
    MAX_PURPOSE,
    MAX_TEXT,
    PATH,
    ListedKey,
    Steward,
    is_public_key,
    parse_about,
)
from reflect.records.textforms import folded, one_line
from reflect.records.toml_text import read_toml


def changed_about(
    text: str,
    purpose: str | None = None,
    stewards: Sequence[Steward] = (),
    without_roles: Sequence[str] = (),
    keys: Sequence[ListedKey] = (),
    without_keys: Sequence[str] = (),
) -> str:
    """Return the text of the file with these changes; all else in it stays as it is.

    A steward takes the place of another one of the same role. Raises UsageError, or ReflectError for a file that
    cannot be read.
    """
    # Whoever wrote the file is a stranger: what is not well formed is not changed.
    read_toml(text, PATH)
    _check(purpose, stewards, keys)
    # 30 ms to import, and only this writes into a community's file.
    import tomlkit

    document: Any = tomlkit.parse(text)
    if purpose is not None:
        document["purpose"] = one_line(purpose)
    gone = {folded(each) for each in [*without_roles, *(each.role for each in stewards)]}
    _replace(document, "stewards", "role", gone, [{"role": each.role, "reach": each.reach} for each in stewards])
    lost = {folded(each) for each in without_keys}
    _replace(document, "key", "author", lost, [{"author": each.author, "ssh": each.ssh} for each in keys])
    changed = tomlkit.dumps(document)
    if len(changed.encode()) > MAX_BYTES:
        raise ReflectError(f"{PATH} holds {MAX_BYTES // 1024} KiB, and this has more.", "Take something out of it.")
    known = parse_about(text).problems
    problems = [each for each in parse_about(changed).problems if each not in known]
    if problems:
        raise ReflectError(problems[0], "Nothing was changed.")
    return changed


def _check(purpose: str | None, stewards: Sequence[Steward], keys: Sequence[ListedKey]) -> None:
    if purpose is not None and len(purpose) > MAX_PURPOSE:
        raise UsageError(f"A purpose has {MAX_PURPOSE:,} characters at most.", "Say it in fewer words.")
    for steward in stewards:
        if not steward.role or not steward.reach or max(len(steward.role), len(steward.reach)) > MAX_TEXT:
            raise UsageError(
                f"“{one_line(steward.role)}={one_line(steward.reach)}” is no steward.",
                "Give a role and a way to reach whoever has it: --steward coordinator=coordinator@example.org",
            )
    for key in keys:
        if not key.author or not is_public_key(key.ssh):
            raise UsageError(
                "That is no public key.",
                "Give a member and the one line of their public key, ssh-ed25519 AAAA…; never the other half.",
            )


def _replace(document: Any, table: str, named: str, gone: set[str], new: Sequence[dict[str, str]]) -> None:
    if not gone and not new:
        return
    import tomlkit

    present = document.get(table, [])
    kept = [each for each in present if not (isinstance(each, dict) and folded(str(each.get(named, ""))) in gone)]
    tables: Any = tomlkit.aot()
    for each in [*kept, *new]:
        item = tomlkit.table()
        item.update(each)
        tables.append(item)
    if table in document:
        del document[table]
    if len(tables):
        document.append(table, tables)
