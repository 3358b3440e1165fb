"""The one place that runs ssh's own tools: keys that are made, looked at and signed with. None of them ever asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from reflect.errors import ReflectError
from reflect.paths import private_folder

TIMEOUT = 20.0
# A hardware key waits for a touch; whoever signs with one is there.
PATIENCE = 60.0
# What git has ssh sign commits for.
NAMESPACE = "git"
SIZES = {"rsa": ["-b", "4096"]}


class NoTool(ReflectError):
    """ssh's tools are not installed."""


def make_key(path: Path, comment: str, kind: str = "ed25519") -> None:
    """Make a key that needs no passphrase at `path`, with its public half beside it; raises ReflectError.

    Both are there, or neither: the private half comes last.
    """
    private_folder(path.parent)
    # Beside its place: a rename within a folder is one step.
    with tempfile.TemporaryDirectory(prefix=".reflect-", suffix=".tmp", dir=path.parent) as folder:
        made = Path(folder) / "key"
        _run(["ssh-keygen", "-q", "-t", kind, *SIZES.get(kind, []), "-N", "", "-C", comment, "-f", str(made)])
        made.with_suffix(".pub").rename(public_path(path))
        made.chmod(0o600)
        made.rename(path)


def public_path(path: Path) -> Path:
    """Return where the public half of a key stands."""
    return path.with_name(f"{path.name}.pub")


def public_half(path: Path) -> str:
    """Return the public half of a key as one line, `""` where it cannot be had without asking."""
    try:
        return public_path(path).read_text("utf-8").strip().split("\n")[0]
    except (OSError, UnicodeDecodeError):
        return _opened(path)


def opens_unasked(path: Path) -> bool:
    """Say whether a private key can be used without a passphrase."""
    return bool(_opened(path))


def known_fingerprints(path: Path) -> list[str]:
    """Return the fingerprints, such as `ED25519 SHA256:…`, in a file of hosts that were met; none without a file."""
    if not path.is_file():
        return []
    output = _call(["ssh-keygen", "-l", "-f", str(path)], allowed=(0, 1, 255))[1].decode("utf-8", "replace")
    words = [line.split() for line in output.splitlines()]
    # Bits, fingerprint, names, (TYPE).
    return list(dict.fromkeys(f"{each[-1].strip('()')} {each[1]}" for each in words if len(each) >= 4))


def sign(key: Path, data: bytes) -> bytes:
    """Return a key's signature of a commit's text, as git takes it; raises ReflectError."""
    with tempfile.TemporaryDirectory(prefix="reflect-") as folder:
        text = Path(folder) / "text"
        text.write_bytes(data)
        # The passphrase of a key that has one is never asked for: the terminal is not the child's.
        _run(["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(text)], timeout=PATIENCE)
        return text.with_name("text.sig").read_bytes()


def signer_of(data: bytes, signature: bytes, public_keys: Sequence[str]) -> int:
    """Return which of these public keys, by number from 0, made a signature of a commit's text; -1 for none."""
    with tempfile.TemporaryDirectory(prefix="reflect-") as folder:
        made, allowed = Path(folder) / "signature", Path(folder) / "allowed"
        made.write_bytes(signature)
        # Names of our own: one that a stranger chose could be a pattern that fits all.
        lines = [f'key-{number} namespaces="{NAMESPACE}" {key}\n' for number, key in enumerate(public_keys)]
        allowed.write_text("".join(lines))
        files = ["-s", str(made), "-f", str(allowed)]
        code, output = _call(["ssh-keygen", "-Y", "find-principals", *files], allowed=range(256))
        for name in output.decode("utf-8", "replace").split() if code == 0 else ():
            verify = ["ssh-keygen", "-Y", "verify", "-q", "-n", NAMESPACE, "-I", name, *files]
            if _call(verify, data, allowed=range(256))[0] == 0:
                return int(name.removeprefix("key-"))
    return -1


def _opened(path: Path) -> str:
    code, output = _call(["ssh-keygen", "-y", "-P", "", "-f", str(path)], allowed=(0, 1, 255))
    return output.decode("utf-8", "replace").strip() if code == 0 else ""


def _run(command: list[str], input: bytes = b"", timeout: float = TIMEOUT) -> bytes:
    return _call(command, input, timeout)[1]


def _call(
    command: list[str], input: bytes = b"", timeout: float = TIMEOUT, allowed: Iterable[int] = (0,)
) -> tuple[int, bytes]:
    tool = shutil.which(command[0])
    if tool is None:
        raise NoTool(
            f"{command[0]} is not installed, and signing in by key needs it.",
            "Install OpenSSH from your system's packages, or use an https address.",
        )
    environment = {name: value for name, value in os.environ.items() if name != "SSH_ASKPASS"}
    environment |= {"SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [tool, *command[1:]],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(input, timeout)
    except subprocess.TimeoutExpired:
        from reflect.store.watched import end_group

        end_group(process)
        raise ReflectError(f"{command[0]} took longer than {timeout:.0f} seconds and was stopped.") from None
    if process.returncode not in tuple(allowed):
        words = errors.decode("utf-8", "replace").strip().splitlines()
        why = f": {words[-1][:200]}" if words else "."
        raise ReflectError(f"{command[0]} could not do its part{why}")
    return process.returncode, output
