"""Fetching from and sending to a place that strangers may have made, one reference at a time.

What is fetched lies in quarantine until it was looked at and accepted. Nothing is ever forced upon a place, but
by `replace`, which is for a person's own copies of their journal only.
"""

from __future__ import annotations

import dataclasses
import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from reflect.errors import GitFailed, TransferFailed
from reflect.records.addresses import Address
from reflect.store.commits import MAIN
from reflect.store.git import Git
from reflect.store.quarantine import Quarantine, make_bare
from reflect.store.reach import Reach
from reflect.store.troubles import explained, spoken, trouble
from reflect.store.watched import Ended

# A place on this computer is served by our own git as this person, with the settings of that place: it gets
# the same treatment, because git does not hand ours on to its other half.
SERVER = (
    "git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true -c gc.auto=0 "
    "-c maintenance.auto=false -c receive.autogc=false -c receive.denyCurrentBranch=refuse "
)
# Part of each line of a trace.
PACKET = b" packet: "
BLOCK = 512
MISSING = re.compile(r"couldn't find remote ref|Remote branch .* not found")
# The words of send-pack for a reference that someone else moved meanwhile.
RACE = re.compile(
    r"fetch first|non-fast-forward|stale info|failed to update ref|cannot lock ref|incorrect old value|"
    r"reference already exists|failed to lock|remote ref updated since checkout"
)
# Bytes: a commit says who and when, and 200,000 files in one folder make a tree of 16 MB.
LARGEST = {"commit": 1 << 20, "tag": 1 << 20, "tree": 32 << 20, "blob": 1 << 40}


class Outcome(Enum):
    """What became of a push."""

    SENT = "sent"
    # The place had it already.
    NOTHING_NEW = "nothing new"
    # Someone else was faster: fetch, merge, and send again.
    OVERTAKEN = "overtaken"
    # The place does not want it; trying again does not help.
    REFUSED = "refused"


@dataclass(frozen=True)
class Pushed:
    """The outcome of a push; `trouble` says why a place refused, `detail` in its own words, cleaned."""

    outcome: Outcome
    trouble: TransferFailed | None = None
    detail: str = ""


@dataclass(frozen=True)
class Seen:
    """What a place has: the commit on the branch, `""` for none; `has_other`: something stands elsewhere."""

    tip: str
    has_other: bool = False


class Fetched:
    """What was fetched, in quarantine until `accept`; use it as a context, whose end removes the rest.

    `tip` is `""` where the place has no such branch yet; `is_new` says whether it was not known before.
    `git` reads what came and what was here.
    """

    def __init__(
        self, tip: str, is_new: bool, objects: bytes, target: Git, quarantine: Quarantine, address: Address
    ) -> None:
        self.tip = tip
        self.is_new = is_new
        self._objects = objects
        self.git = quarantine.git
        self._target = target
        self._quarantine = quarantine
        self._address = address

    def __enter__(self) -> Fetched:
        return self

    def __exit__(self, *_: object) -> None:
        self.refuse()

    def came(self) -> list[tuple[str, str]]:
        """Return the object and a path of every file and folder that came and was not here before."""
        # Not splitlines(): a name may hold characters that it takes for the end of a line.
        lines = (line.partition(" ") for line in self._objects.decode("utf-8", "surrogateescape").split("\n"))
        return [(oid, path) for oid, _, path in lines if path]

    def accept(self, ref: str, old: str) -> None:
        """Move in what came, then let `ref` name the tip if it still names `old` (`""`: does not exist).

        Raises GitFailed; the reference is then as it was, and objects that nothing names do no harm.
        """
        try:
            self._quarantine.move_in()
        except OSError as error:
            kind = "disk" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "storing"
            raise trouble(kind, self._address, error.strerror or "") from error
        if self.tip != old:
            self._target.run("update-ref", ref, self.tip, old or "0" * len(self.tip))

    def refuse(self) -> None:
        """Remove what came; after `accept` there is nothing left to remove."""
        self._quarantine.remove()


def fetch(git: Git, address: Address, reach: Reach, *, known: Iterable[str], branch: str = MAIN) -> Fetched:
    """Fetch one branch into quarantine beside `git`'s repository, which stays as it is until `accept`.

    `known` are the tips that the repository has whole; nothing of their history is fetched. Raises
    TransferFailed: not reached, not allowed, damaged, too large, stopped.
    """
    tips = {tip for tip in known if tip}
    quarantine = Quarantine(git, tips)
    try:
        tip = _fetch(quarantine, address, reach, branch)
        is_new = bool(tip) and tip not in tips
        objects = _all_that_came(quarantine, tip, address) if is_new else b""
    except BaseException:
        quarantine.remove()
        raise
    return Fetched(tip, is_new, objects, git, quarantine, address)


def push(git: Git, address: Address, reach: Reach, oid: str, ref: str = MAIN) -> Pushed:
    """Send a commit, with all that it needs, to a reference of a place; never by force.

    Raises TransferFailed when the place was not reached or did not answer; then it may have arrived nevertheless.
    """
    return _push(git, address, reach, oid, ref)


def may_send(git: Git, address: Address, reach: Reach, oid: str, ref: str = MAIN) -> TransferFailed | None:
    """Ask a place whether it would take a commit, and send nothing; returns why not, None where it would.

    A rule that is only looked at when something arrives, such as for a protected branch, shows later. Raises
    TransferFailed when the place was not reached.
    """
    pushed = _push(git, address, reach, oid, ref, "--dry-run")
    return pushed.trouble


def replace(git: Git, address: Address, reach: Reach, oid: str, expected: str, ref: str = MAIN) -> Pushed:
    """Put a commit in the place of `expected`, also where that loses history: never for a community.

    Only for a person's own copies of their journal, after they have erased something and said yes. Raises as `push`.
    """
    return _push(git, address, reach, oid, ref, f"--force-with-lease={ref}:{expected}")


def look(address: Address, reach: Reach, branch: str = MAIN) -> Seen:
    """Return what a place has on a branch, without fetching anything; raises TransferFailed."""
    with TemporaryDirectory(prefix="reflect-") as folder:
        # A repository of nobody: whatever stands in the present folder has no say.
        path = Path(folder, "look.git")
        make_bare(path)
        server = _server("--upload-pack", "upload-pack", address)
        words = ("ls-remote", "-q", server, "--", address.url, branch, "HEAD", "refs/heads/*")
        ended = Git(path, None).transfer(*words, address=address, reach=reach)
    _check_ended(ended, address)
    found: dict[str, str] = {}
    for line in ended.output.decode("utf-8", "replace").splitlines():
        oid, _, name = line.partition("\t")
        found[name] = oid
    return Seen(found.get(branch, ""), bool(found.keys() - {branch, "HEAD"}))


def _fetch(quarantine: Quarantine, address: Address, reach: Reach, branch: str) -> str:
    ended = quarantine.git.transfer(
        "fetch",
        "--progress",
        "--no-tags",
        "--no-prune",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
        _server("--upload-pack", "upload-pack", address),
        "--refmap=",
        "--",
        address.url,
        branch,
        address=address,
        reach=reach,
        grows=quarantine.incoming,
    )
    if ended.code and not ended.why and MISSING.search(spoken(ended.errors)):
        _check_speaks_git(quarantine, address, reach)
        return ""
    if ended.code and not ended.why and _is_at_limit(quarantine.incoming, reach.file_size):
        raise trouble("too-large", address, spoken(ended.errors))
    _check_ended(ended, address)
    noted = quarantine.path / "FETCH_HEAD"
    words = noted.read_text("utf-8", "replace").split() if noted.exists() else []
    if not words:
        # git takes no branch of a shallow clone, and calls that a success.
        raise trouble("shallow", address, spoken(ended.errors))
    return words[0]


def _check_speaks_git(quarantine: Quarantine, address: Address, reach: Reach) -> None:
    """Raise TransferFailed where a web page answers instead of a place: to git, some are an empty list of branches."""
    if address.kind not in ("http", "https"):
        return
    words = ("ls-remote", "-q", _server("--upload-pack", "upload-pack", address), "--", address.url)
    ended = quarantine.git.transfer(*words, address=address, reach=dataclasses.replace(reach, is_traced=True))
    _check_ended(ended, address)
    if PACKET not in ended.errors:
        raise trouble("moved", address)


def _is_at_limit(folder: Path, file_size: int) -> bool:
    """Say whether a file has reached the size that one may have; git is killed then, and says nothing."""
    # The limit counts in blocks.
    return any(each.stat().st_size > file_size - BLOCK for each in folder.rglob("*") if each.is_file())


def _all_that_came(quarantine: Quarantine, tip: str, address: Address) -> bytes:
    """Return git's list of what came; raises TransferFailed where some of it is too large to be read, or missing."""
    git = quarantine.git
    for kind, size in quarantine.sizes():
        # A blob is never read before its size is known; these are, whenever history is looked at.
        if size > LARGEST[kind]:
            raise trouble("too-large", address)
    try:
        return git.run("rev-list", "--objects", tip, "--not", "--all")
    except GitFailed as error:
        raise trouble("damaged", address, error.detail) from None


def _push(git: Git, address: Address, reach: Reach, oid: str, ref: str, *options: str) -> Pushed:
    with Quarantine(git, [oid]) as quarantine:
        ended = quarantine.git.transfer(
            "push",
            "--progress",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--no-recurse-submodules",
            "--no-signed",
            *options,
            _server("--receive-pack", "receive-pack", address),
            "--",
            address.url,
            f"{oid}:{ref}",
            address=address,
            reach=reach,
        )
    flag, reason = _answer(ended.output, ref)
    if ended.why or not flag:
        _check_ended(ended, address)
        raise trouble("unknown", address, spoken(ended.errors))
    if flag == "=":
        return Pushed(Outcome.NOTHING_NEW)
    if flag != "!":
        return Pushed(Outcome.SENT)
    detail = f"{reason}\n{spoken(ended.errors)}".strip()
    if RACE.search(reason):
        return Pushed(Outcome.OVERTAKEN, None, detail)
    return Pushed(Outcome.REFUSED, explained(detail, address), detail)


def _answer(output: bytes, ref: str) -> tuple[str, str]:
    """Return the flag and the words of `push --porcelain` for a reference, `""` where it says nothing of it."""
    for line in output.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        names, _, summary = rest.partition("\t")
        if len(flag) == 1 and names.endswith(f":{ref}"):
            return flag, summary
    return "", ""


def _check_ended(ended: Ended, address: Address) -> None:
    if ended.why:
        raise trouble(ended.why, address, spoken(ended.errors))
    if ended.code:
        raise explained(spoken(ended.errors), address)


def _server(option: str, command: str, address: Address) -> str:
    return f"{option}={SERVER}{command}" if address.is_local else f"{option}=git-{command}"
