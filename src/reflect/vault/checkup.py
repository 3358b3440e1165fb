"""Looking a vault over: is everything there, readable, and in history?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import GitFailed, ReflectError
from reflect.records.document import MAX_RECORD, Document
from reflect.records.kinds import Kind
from reflect.records.query import Filters
from reflect.records.record import encoded
from reflect.records.ulid import is_ulid
from reflect.records.values import mistakes
from reflect.store.catalog import Catalog, Row
from reflect.store.files import is_temporary, write_durably
from reflect.store.git import check_version
from reflect.store.scan import is_text, walk
from reflect.vault.commits import HistoryWaits, current_branch, update_index
from reflect.vault.synced import advice, synced_folder
from reflect.vault.vault import Vault

# A lock of git that is older than this, while no git runs here, was left by one that was stopped.
STALE_SECONDS = 10
SHOWN = 5
# What peers wrote is theirs to change.
OWN = Filters(places=("",))


@dataclass(frozen=True)
class Check:
    """One thing looked at; `ok` is False for damage and for advice, `is_damage` tells them apart."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    is_damage: bool = True


def check_git(vault: Vault) -> Check:
    """Is git there, new enough, and is every object of the history whole?"""
    try:
        version = ".".join(map(str, check_version()))
    except ReflectError as error:
        return Check("history", False, error.message, error.hint)
    try:
        vault.git.run("fsck", "--no-dangling", "--no-progress", timeout=600)
    except GitFailed as error:
        detail = error.detail.splitlines()[0] if error.detail else error.message
        return Check("history", False, f"The history is damaged: {detail}", "Restore the folder from a backup.")
    return Check("history", True, f"Every object of the history is whole (git {version}).")


def check_branch(vault: Vault) -> Check:
    """Can what is saved go into history?"""
    try:
        branch = current_branch(vault.git)
    except HistoryWaits as error:
        return Check("branch", False, error.message, error.hint, is_damage=False)
    except GitFailed as error:
        return Check("branch", False, error.message, error.hint)
    return Check("branch", True, f"What you save goes into {branch.removeprefix('refs/heads/')}.")


def check_locks(vault: Vault, fix: bool) -> Check:
    """Are there locks that a stopped git left behind? The vault's own lock is held meanwhile."""
    names = ["index.lock", "HEAD.lock", "packed-refs.lock", "config.lock", "shallow.lock"]
    candidates = [vault.git.git_dir / name for name in names]
    heads = vault.git.git_dir / "refs" / "heads"
    candidates += list(heads.rglob("*.lock")) if heads.is_dir() else []
    stale = [path for path in candidates if path.exists() and time.time() - path.stat().st_mtime > STALE_SECONDS]
    if not stale:
        return Check("locks", True, "No lock was left behind.")
    shown = ", ".join(path.name for path in stale)
    if not fix:
        return Check("locks", False, f"A git program was stopped and left: {shown}.", "reflect doctor --fix")
    for path in stale:
        path.unlink(missing_ok=True)
    return Check("locks", True, f"Removed what a stopped git program had left: {shown}.")


def check_index(vault: Vault, records: Callable[[str], bool], fix: bool) -> Check:
    """Does plain git agree with the history on our files?"""
    try:
        output = vault.git.run("diff-index", "--cached", "--name-only", "-z", "--no-renames", "HEAD")
    except GitFailed as error:
        return Check("index", False, error.message, error.hint)
    names = [os.fsdecode(name) for name in output.split(b"\0") if name]
    ours = [name for name in names if records(name) or name.startswith(".reflect/")]
    if not ours:
        return Check("index", True, "git's own view agrees with the history.")
    if not fix:
        return Check("index", False, f"git's own view is behind for {len(ours)} files.", "reflect doctor --fix")
    update_index(vault.git, ours)
    return Check("index", True, f"Brought git's own view up to date for {len(ours)} files.")


def check_readable(catalog: Catalog) -> Check:
    """Can every record be parsed?"""
    rows = catalog.unreadable()
    if not rows:
        return Check("records", True, f"All {catalog.count(OWN)} records can be read.")
    detail = f"{_count(rows, 'record')} cannot be read: {_named(rows, lambda row: f'{row.path}, {row.problem}')}"
    return Check("records", False, detail, "Mend the line in an editor; nothing else is affected.", is_damage=False)


def check_ids(vault: Vault, catalog: Catalog, fix: bool, new_id: Callable[[], str]) -> tuple[Check, list[str]]:
    """Has every record an id of its own? Returns the paths that were given one, too."""
    twins = _younger_twins(catalog.twins())
    nameless = [row for row in catalog.without_id() if not is_ulid(row.id)]
    needing = list({row.path: row for row in [*nameless, *twins]}.values())
    if not needing:
        return Check("ids", True, "Every record has an id of its own."), []
    listed = _named(needing, lambda row: row.path)
    if not fix:
        detail = f"{_count(needing, 'record')} without an id of its own: {listed}"
        return Check("ids", False, detail, "reflect doctor --fix", is_damage=False), []
    changed = []
    for row in needing:
        text = (vault.root / row.path).read_bytes().decode("utf-8", "surrogateescape")
        document = Document.parse(text).with_value("id", new_id())
        write_durably(vault.root / row.path, encoded(document.text))
        changed.append(row.path)
    return Check("ids", True, f"Gave a new id to {_count(needing, 'record')}: {listed}"), changed


def check_links(catalog: Catalog) -> Check:
    """Does every `[[link]]` lead somewhere?"""
    names = catalog.names()
    broken = [f"[[{target}]] in {path}" for path, target in catalog.links() if target not in names]
    if not broken:
        return Check("links", True, "Every link leads to a record.")
    more = f" and {len(broken) - SHOWN} more" if len(broken) > SHOWN else ""
    detail = f"{len(broken)} links lead nowhere: {'; '.join(broken[:SHOWN])}{more}"
    return Check("links", False, detail, "Write the record, or change the link.", is_damage=False)


def check_left_alone(vault: Vault, left: Iterable[str], folders: Mapping[str, str]) -> Check:
    """What stands in the folders of records and is not kept?"""
    folders_seen = list(walk(vault.root))
    links = [name for seen in folders_seen for name in seen.links]
    misnamed = [name for seen in folders_seen for name in seen.misnamed]
    large = [
        f"{file.path} ({file.size // 1024 // 1024} MiB)"
        for seen in folders_seen
        for file in seen.files
        if file.size > MAX_RECORD
    ]
    inside = [name for name in left if name.split("/", 1)[0] in {*folders, "agendas"} and name not in links]
    others = [name for name in inside if is_text(name)]
    parts = []
    if links:
        parts.append(f"links to other places: {_listed(links)}")
    if misnamed:
        parts.append(f"names that are not UTF-8 text: {_listed(misnamed)}")
    if large:
        parts.append(f"larger than 4 MiB, shown raw: {_listed(large)}")
    if others:
        parts.append(f"not put into history: {_listed(others)}")
    if not parts:
        return Check("other files", True, "Nothing stands among your records that is not kept.")
    detail = "Left alone: " + "; ".join(parts)
    return Check("other files", False, detail, "Move them elsewhere, or leave them.", is_damage=False)


def check_unfinished(vault: Vault, fix: bool, keep: Callable[[str], object]) -> Check:
    """Did a save that was cut off leave its text? `keep` makes a draft of it.

    The vault's lock is held, so no save is at work and none of these files is anyone's.
    """
    found = [
        Path(folder) / name
        for folder, folders, names in os.walk(vault.root)
        if ".git" not in Path(folder).parts
        for name in names
        if is_temporary(name)
    ]
    if not found:
        return Check("unfinished saves", True, "No save was cut off.")
    if not fix:
        detail = f"{len(found)} saves were cut off; their text is still there."
        return Check("unfinished saves", False, detail, "reflect doctor --fix keeps each as a draft", is_damage=False)
    for path in found:
        text = path.read_bytes().decode("utf-8", "replace")
        if text.strip():
            keep(text)
        path.unlink()
    return Check("unfinished saves", True, f"Kept the text of {len(found)} cut-off saves as drafts.")


def check_place(vault: Vault) -> Check:
    """Does the folder stay on this computer?"""
    service = synced_folder(vault.root)
    if service:
        return Check(
            "place", False, advice(service), "Move the folder, then: reflect config vault DIR", is_damage=False
        )
    mode = vault.root.stat().st_mode & 0o077
    if mode:
        fix = f"chmod 700 '{vault.root}'"
        return Check("place", False, "Other people of this computer can open your journal.", fix, is_damage=False)
    return Check("place", True, f"Your journal is in {vault.root}, and only you can open it.")


def check_fields(catalog: Catalog, kind_of: Callable[[str], Kind | None]) -> Check:
    """Do the fields hold what their kinds say?"""
    found = []
    for row in catalog.rows(OWN):
        kind = kind_of(row.kind)
        if kind is None:
            found.append(f"{row.path}: there is no kind “{row.kind}”")
        elif not row.problem:
            found += [f"{row.path}: {each}" for each in mistakes(row.created, row.fields, kind)]
    if not found:
        return Check("fields", True, "Every field holds what its kind allows.")
    fix = "Change them when you like; they are shown as they are."
    return Check("fields", False, f"{len(found)} to look at: {_listed(found)}", fix, is_damage=False)


def _younger_twins(rows: list[Row]) -> list[Row]:
    """Return all but the oldest record of each id."""
    seen: set[tuple[str, str]] = set()
    younger = []
    for row in sorted(rows, key=lambda row: (row.sort, row.mtime, row.path)):
        if (row.place, row.id) in seen:
            younger.append(row)
        seen.add((row.place, row.id))
    return [row for row in younger if not row.problem]


def _count(rows: list[Row], noun: str) -> str:
    return f"{len(rows)} {noun}{'s' * (len(rows) != 1)}"


def _named(rows: list[Row], say: Callable[[Row], str]) -> str:
    return _listed([say(row) for row in rows])


def _listed(names: list[str]) -> str:
    more = f"; and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return "; ".join(names[:SHOWN]) + more + "."
