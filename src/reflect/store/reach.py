"""How one call of git may reach another computer: by which ways, with which key, how long and how much."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reflect.records.addresses import Address
from reflect.store.git_settings import REACHING, SETTINGS, hardened
from reflect.store.watched import Limits, Progress, Watch

SSH_OPTIONS = (
    # Nothing is asked: not for a passphrase, not whether a host is known.
    "-oBatchMode=yes",
    "-oConnectTimeout=10",
    "-oServerAliveInterval=10",
    "-oServerAliveCountMax=3",
    # The other side gets nothing of this computer.
    "-oForwardAgent=no",
    "-oClearAllForwardings=yes",
    "-oPermitLocalCommand=no",
    # No connection stays behind.
    "-oControlPersist=no",
)
# A person's own settings may send an address another way (insteadOf), but never to a helper or a folder.
WAYS = {"ssh": "https:ssh", "https": "https:ssh", "http": "http:https:ssh", "file": "file"}

# No password store, and no home in which one or a `.netrc` could be found.
NOBODY = {"credential.helper": ""}
NOWHERE = {"HOME": os.devnull, "GIT_CONFIG_GLOBAL": os.devnull}


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Reach:
    """What one call may do beyond this repository; without a `Reach`, git reaches nothing.

    `identity_file` is the key to use, and then the only one; `known_hosts` the file where hosts that are met are
    written down, beside those that the person's own ssh knows. `accepts_new_host`: a host that was never met is
    believed once, a key that changed never is. `file_size` and `memory` are in bytes, `patience` (without anything
    coming) and `seconds` (in all) in seconds. `progress` is told (done, total or 0, word), the word being preparing,
    receiving, checking or sending; once `going` says False, git is stopped with all that it started. `is_traced`: git
    prints every line (packet) that goes between the two sides. `is_nobody`: it signs in nowhere on the web.
    """

    identity_file: Path | None = None
    known_hosts: Path | None = None
    accepts_new_host: bool = True
    memory: int = 1 << 30
    file_size: int = 256 << 20
    patience: float = 60.0
    seconds: float = 900.0
    is_traced: bool = False
    progress: Progress | None = None
    going: Callable[[], bool] = _always
    is_nobody: bool = False

    def watch(self, grows: Path | None) -> Watch:
        """Return what is looked at while git runs; `grows` is the folder that fills."""
        limits = Limits(self.memory, self.file_size, self.patience, self.seconds)
        return Watch(limits, grows, self.progress, self.going)

    def environment(self, address: Address) -> dict[str, str]:
        """Return the environment of a git that may reach this address."""
        return hardened(SETTINGS | REACHING | (NOBODY if self.is_nobody else {})) | {
            "GIT_ALLOW_PROTOCOL": WAYS[address.kind],
            "GIT_SSH_COMMAND": shlex.join(self.ssh_command()),
            "GIT_SSH_VARIANT": "ssh",
            "GIT_TRACE_PACKET": str(int(self.is_traced)),
            **(NOWHERE if self.is_nobody else {}),
        }

    def ssh_command(self) -> list[str]:
        """Return ssh with all its options, as git is told to run it."""
        command = ["ssh", *SSH_OPTIONS]
        if self.accepts_new_host:
            command.append("-oStrictHostKeyChecking=accept-new")
        if self.known_hosts:
            # ssh reads a list here, and `%` as the beginning of a token.
            path = str(self.known_hosts).replace("%", "%%").replace('"', '\\"')
            # New ones go into the first; a key that differs from one in any of them is refused.
            command.append(f'-oUserKnownHostsFile="{path}" ~/.ssh/known_hosts ~/.ssh/known_hosts2')
        if self.identity_file:
            # A connection that is open already may be that of another key.
            command += ["-oIdentitiesOnly=yes", "-oControlPath=none", "-i", str(self.identity_file).replace("%", "%%")]
        return command
