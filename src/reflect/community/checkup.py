"""Looking the communities over: are they here and whole, and do their places let one in?"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reflect.community.communities import Communities, Community
from reflect.community.doors import ONLY_READS, Doors
from reflect.community.keys import Keys
from reflect.community.leaving import Leaving
from reflect.community.membership import FOLDER, all_memberships
from reflect.community.repository import REMOTE
from reflect.errors import GitFailed, ReflectError, TransferFailed
from reflect.records.addresses import parse_address
from reflect.store.lock import claim
from reflect.store.quarantine import sweep
from reflect.store.reach import Reach
from reflect.store.transfer import look, may_send
from reflect.vault.checkup import Check

# Seconds: for one place, and for all of them, so that a person who is offline need not wait.
PATIENCE = 10.0
IN_ALL = 30.0
AT_ONCE = 4


class CommunityCheckup:
    """Examines the communities of a journal; with `fix`, mends what is safe to mend."""

    def __init__(
        self, root: Path, folder: Path, communities: Communities, keys: Keys, leaving: Leaving, fix: bool
    ) -> None:
        self._root = root
        self._folder = folder
        self._communities = communities
        self._keys = keys
        self._doors = Doors(keys, fix)
        self._leaving = leaving
        self._fix = fix

    def examine(self) -> list[Check]:
        """Return a check for each community, and one for what stands beside them; none where there are none."""
        checks = list(self._memberships())
        communities = self._communities.all()
        until = time.monotonic() + IN_ALL
        with ThreadPoolExecutor(AT_ONCE) as threads:
            checks += threads.map(lambda each: self._community(each, until), communities)
        checks += self._left()
        return checks

    def _memberships(self) -> Iterator[Check]:
        """Can every file about a community be used?"""
        folder = self._root / FOLDER
        known = {each.path for each in all_memberships(self._root)}
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            if f"{FOLDER}/{path.name}" not in known:
                detail = f"{FOLDER}/{path.name}, which says that you are in a community, cannot be used."
                fix = "Take it from history (git checkout), or join again: reflect community join URL"
                yield Check(f"community {path.stem}", False, detail, fix)

    def _community(self, community: Community, until: float) -> Check:
        name = f"community {community.name}"
        if not community.is_here:
            detail = "You joined it on another device; it is not on this computer yet."
            return Check(name, False, detail, f"reflect sync {community.name} fetches it", is_damage=False)
        try:
            trouble = self._repository(community)
            return trouble or self._place(community, until)
        except TransferFailed as error:
            return self._doors.not_reached(name, community.name, community.membership.url, error)
        except ReflectError as error:
            return Check(name, False, error.message, error.hint)

    def _repository(self, community: Community) -> Check | None:
        name, repository = f"community {community.name}", community.repository
        with repository.lock.held():
            locks = [*repository.path.glob("*.lock"), *(repository.path / "refs").rglob("*.lock")]
            if self._fix:
                repository.clear_locks()
                sweep(repository.path)
            elif locks:
                return Check(name, False, "A git program was stopped, and left a lock behind.", "reflect doctor --fix")
        try:
            repository.git.run("fsck", "--connectivity-only", "--no-dangling", "--no-progress", timeout=600)
        except GitFailed as error:
            detail = error.detail.splitlines()[0] if error.detail else error.message
            fix = f"What you sent is at its place: reflect community leave {community.name}, then join it again."
            return Check(name, False, f"What is here of it is damaged: {detail}", fix)
        return None

    def _place(self, community: Community, until: float) -> Check:
        """Does the place let one in, and take what one sends?"""
        name, repository = f"community {community.name}", community.repository
        address = parse_address(community.membership.url, is_typed=True)
        seconds = max(min(PATIENCE, until - time.monotonic()), 0.1)
        reach = self._keys.reach(community.name, Reach(patience=seconds, seconds=seconds))
        seen, sent = look(address, reach), repository.tip(REMOTE)
        if not seen.tip:
            detail = f"{address.shown} is empty now; what was received before is still here."
            return Check(name, False, detail, f"reflect sync {community.name} asks what to do")
        refused = may_send(repository.git, address, reach, sent) if sent else None
        if refused is not None:
            return Check(name, False, refused.message, refused.hint, is_damage=refused.kind not in ONLY_READS)
        unsent = repository.ahead()
        if unsent:
            detail = f"Its place was reached. {unsent} change{'s' * (unsent > 1)} of yours wait to be sent."
            return Check(name, False, detail, f"reflect sync {community.name}", is_damage=False)
        problems = community.own_data.problems
        if problems:
            fix = "Whoever looks after the community can mend it; until then the usual holds."
            return Check(name, False, f"Its place was reached. {problems[0]}", fix, is_damage=False)
        return Check(name, True, "Its place was reached, and takes what you send.")

    def _left(self) -> Iterator[Check]:
        """What stands in the folder of communities and is none that one is in?"""
        found = list(self._folder.iterdir()) if self._folder.is_dir() else []
        present = {f"{each.name}.git" for each in self._communities.all()}
        former = {f"{each.name}.git": each for each in all_memberships(self._root) if each.left}
        unfinished = [path for path in found if path.name.startswith((".joining-", ".reflect-")) and _is_nobodys(path)]
        if unfinished:
            yield self._unfinished(unfinished)
        for path in found:
            if path.name in former and path.name not in present:
                yield self._left_elsewhere(self._communities.of(former[path.name]))
            elif path.suffix == ".git" and path.name not in present and path not in unfinished:
                detail = f"{path} holds what was never sent to a community that you are no longer in."
                yield Check("communities", False, detail, "Join it again, or remove the folder.", is_damage=False)

    def _unfinished(self, paths: list[Path]) -> Check:
        if not self._fix:
            detail = f"{len(paths)} transfers were cut off before they were done."
            return Check("communities", False, detail, "reflect doctor --fix", is_damage=False)
        for path in paths:
            shutil.rmtree(path, ignore_errors=True)
        return Check("communities", True, f"Removed what {len(paths)} transfers that were cut off had left.")

    def _left_elsewhere(self, community: Community) -> Check:
        name, unsent = f"community {community.name}", len(self._leaving.unsent_in(community))
        if not self._fix:
            detail = f"You left it on another device. {unsent} record{'s' * (unsent != 1)} here were never sent."
            fix = "reflect doctor --fix keeps them as private drafts, and removes the rest"
            return Check(name, False, detail, fix, is_damage=False)
        drafts = self._leaving.clear(community)
        return Check(name, True, f"Removed what was left here of it; {len(drafts)} private drafts were kept.")


def _is_nobodys(path: Path) -> bool:
    """Say whether no process is at work in a folder."""
    try:
        handle = claim(path)
    except OSError:
        return False
    if handle is None:
        return False
    os.close(handle)
    return True
