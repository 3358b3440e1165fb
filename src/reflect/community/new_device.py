"""A journal that is kept elsewhere, brought to another device: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zlib import crc32

from reflect.community.joining import Typed
from reflect.community.keys import USUAL, Keys
from reflect.community.membership import check_name, name_from
from reflect.community.own_copies import LARGEST, LONGEST
from reflect.community.own_place import journal_at
from reflect.context import Context
from reflect.errors import NotFound, ReflectError, SaveFailed
from reflect.records.addresses import Address
from reflect.store.files import sync_path
from reflect.store.git import Git, run_git
from reflect.store.key_files import choose_key
from reflect.store.reach import Reach
from reflect.store.ssh import public_path
from reflect.store.state import LocalState
from reflect.store.states import ARRIVED, forget_work, move
from reflect.store.transfer import Fetched, fetch
from reflect.vault.following import Follower
from reflect.vault.marker import Marker
from reflect.vault.remotes import Remote, Remotes
from reflect.vault.vault import Vault, make_vault, refuse_unfit

PLAN = "reflect-following.json"


@dataclass(frozen=True)
class NewDevice:
    """Brings a journal into the folder `root`; `tell` takes a sentence for the person."""

    context: Context
    root: Path
    tell: Callable[[str], None]

    def begin(self, typed: Typed, reach: Reach = USUAL) -> tuple[Vault, Remote]:
        """Bring the journal that is at an address here, and keep that as a copy of it.

        Raises ReflectError, with nothing left behind.
        """
        address = typed.address()
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise ReflectError(
                f"{self.root} is there already, and not empty.", "Give a folder that does not exist yet."
            )
        refuse_unfit(self.root)
        name = check_name(name_from(address.file_path or address.path) or "copy")
        unfinished = self.root.with_name(f".reflect-{os.urandom(4).hex()}.tmp")
        try:
            tip = self._fetch(unfinished, name, address, reach)
            if self.root.exists():
                self.root.rmdir()
            unfinished.rename(self.root)
            sync_path(self.root.parent)
        except OSError as error:
            raise SaveFailed(f"{self.root} cannot be made: {error.strerror}.", "Choose another folder.") from None
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        context = self.context
        vault = make_vault(self.root, "", "", context.now(), context.randomness(18))
        places = context.places.of_vault(vault.marker.id, self.root)
        self._take_keys(places.keys, name)
        remote = Remote(name, address.url)
        move(vault.git, remote.ref, tip, "")
        Remotes(places.remotes, lambda: LocalState(places.local_state)).add(remote)
        return vault, remote

    def _fetch(self, folder: Path, name: str, address: Address, reach: Reach) -> str:
        folder.mkdir(mode=0o700, parents=True)
        run_git("init", "-q", "--template=", "--initial-branch=main", "--", str(folder))
        git = Git(folder / ".git", folder)
        wide = replace(reach, file_size=LARGEST, seconds=LONGEST)
        with self._keys().open(name, address, partial(_fetch, git, address), wide) as fetched:
            if not fetched.tip:
                raise NotFound(
                    f"There is no journal at {address.shown} yet.",
                    "On the device that has it: reflect config remote add URL",
                )
            found = journal_at(fetched.git, fetched.tip, address.shown)
            fetched.accept(ARRIVED, "")
            tip = fetched.tip
        (folder / ".reflect").mkdir(mode=0o700)
        vault = Vault(folder, Marker(found, "me", ""))
        Follower(vault, folder / ".git" / PLAN, self.context.now).follow(tip, "")
        forget_work(git)
        return tip

    def _keys(self) -> Keys:
        return Keys(self._key_folder(), self.context.places.known_hosts, Path.home(), self.tell)

    def _key_folder(self) -> Path:
        """Return where keys are until it is known whose journal it is: the same when the person tries again."""
        return self.context.places.config / f"new-{crc32(os.fsencode(self.root)):08x}"

    def _take_keys(self, folder: Path, name: str) -> None:
        """Let the journal have the key that opened the place."""
        key = self._keys().of(name)
        if key is not None and key.path.parent == self._key_folder():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            public_path(key.path).replace(public_path(folder / name))
            key.path.replace(folder / name)
            choose_key(folder, name, folder / name)
        elif key is not None:
            choose_key(folder, name, key.path)
        shutil.rmtree(self._key_folder(), ignore_errors=True)


def _fetch(git: Git, address: Address, reach: Reach) -> Fetched:
    return fetch(git, address, reach, known=())
