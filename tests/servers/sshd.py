"""An sshd on loopback that knows nothing of this computer's own: its keys and its list of members are in a folder."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reflect.store import ssh
from reflect.store.reach import Reach
from tests.servers.bound import Bound, free_port

# Where a person that is not root does not have it in PATH.
BEYOND_PATH = "/usr/sbin:/usr/local/sbin:/sbin"
TRIES = 5


def missing() -> str:
    """Return why there can be no sshd here, `""` where there can."""
    if _binary() is None:
        return "there is no sshd on this computer: install openssh-server"
    return "" if shutil.which("ssh") else "there is no ssh on this computer: install openssh-client"


@dataclass
class Sshd:
    """A running sshd; at first it lets nobody in."""

    folder: Path
    port: int
    server: Bound

    @property
    def keys(self) -> Path:
        """The file of the keys that it takes."""
        return self.folder / "authorized_keys"

    @property
    def known_hosts(self) -> Path:
        """A file in which ssh finds this server's key."""
        return self.folder / "known_hosts"

    def url(self, path: Path) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{path}"

    def admit(self, *lines: str) -> None:
        """Let in those with these public keys, and nobody else."""
        self.keys.write_text("".join(f"{line}\n" for line in lines))

    @cached_property
    def member_key(self) -> Path:
        """The private key of someone who is let in beside the others, made when it is first asked for."""
        key = self.folder / "member"
        ssh.make_key(key, "member")
        with self.keys.open("a") as keys:
            keys.write(f"{ssh.public_half(key)}\n")
        return key

    @property
    def reach(self) -> Reach:
        """How that member reaches it, with its host known already."""
        return Reach(identity_file=self.member_key, known_hosts=self.known_hosts, accepts_new_host=False)

    def stop(self) -> None:
        self.server.stop()


def start_sshd(folder: Path, port: int = 0) -> Sshd:
    """Start an sshd with a new host key, on this port or on a free one; raises RuntimeError with what it said."""
    binary = _binary()
    if binary is None:
        raise RuntimeError(missing())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    key = folder / f"host-{os.urandom(4).hex()}"
    ssh.make_key(key, "host")
    (folder / "authorized_keys").touch()
    for _ in range(1 if port else TRIES):
        at = port or free_port()
        config = _write_config(binary, folder, key, at)
        server = Bound([binary, "-D", "-e", "-f", str(config)], folder / "log")
        if server.listens(at):
            (folder / "known_hosts").write_text(f"[127.0.0.1]:{at} {ssh.public_half(key)}\n")
            return Sshd(folder, at, server)
        server.stop()
    raise RuntimeError(f"sshd did not start: {(folder / 'log').read_text()}")


def _write_config(binary: str, folder: Path, key: Path, port: int) -> Path:
    settings = {
        "ListenAddress": "127.0.0.1", "Port": port, "HostKey": key, "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": "none", "UsePAM": "no", "StrictModes": "no", "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no", "PermitRootLogin": "yes", "PermitUserRC": "no", "MaxStartups": 200,
        # git of the other side reads nothing of the person whose computer this is.
        "SetEnv": f"GIT_CONFIG_GLOBAL={os.devnull} GIT_CONFIG_NOSYSTEM=1",
    }  # fmt: skip
    config = folder / "sshd_config"
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    # From OpenSSH 9.8 on, a host that was refused is kept out for a while: here that is everyone.
    config.write_text("".join([*lines, "PerSourcePenalties no\n"]))
    if subprocess.run([binary, "-t", "-f", str(config)], capture_output=True).returncode:
        config.write_text("".join(lines))
    return config


def _binary() -> str | None:
    return shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:{BEYOND_PATH}")
