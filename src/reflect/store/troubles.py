"""What git, ssh and the servers say when something does not work, and what it means for a person.

A row of the table is a kind, the words by which it is known, and the sentences; the first row that fits counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reflect.errors import TransferFailed
from reflect.records.addresses import Address, without_secrets
from reflect.records.textforms import cleaned, cut_at_word

MOST_SPOKEN = 2_000
OFFENDING = re.compile(r"Offending .* key in (.+):\d+")
# One keeper, several places: the same people can help with each of these.
ASK_KEEPER = "Ask the person who keeps this place"


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble; `{place}`, `{host}` and `{met}` in its sentences stand for the address."""

    kind: str
    signs: str
    message: str
    hint: str


# Sentences that do not come from git's words, but from how it ended.
ENDINGS = (
    Trouble("stopped", "", "Stopped; nothing was changed.", "To go on: sync again."),
    Trouble(
        "silent",
        "Operation too slow",
        "{host} stopped answering, so the transfer was ended.",
        "Nothing was changed. Try again later, or on another network.",
    ),
    Trouble(
        "late",
        "",
        "The transfer from {host} took too long and was ended.",
        "Nothing was changed. Try again on a faster connection.",
    ),
    Trouble(
        "loud",
        "",
        "{host} sends more than a shared place ever would, so it was not listened to any longer.",
        f"{ASK_KEEPER} what is wrong with it.",
    ),
    Trouble(
        "too-large",
        r"[Oo]ut of memory|malloc failed|mmap failed|Cannot allocate memory|died of signal 25|File too large"
        r"|exceeds maximum allowed size",
        "What {place} sends is larger than is taken at once, so nothing of it was taken.",
        f"{ASK_KEEPER} to remove what is not text from it.",
    ),
    Trouble(
        "storing",
        "",
        "What came could not be put on this disk.",
        "Check who owns the folder of this program's data, then sync again.",
    ),
)
INTERRUPTED = Trouble(
    "interrupted",
    r"early EOF|unexpected disconnect|hung up|RPC failed|transfer closed|curl (18|56|92)|invalid index-pack output"
    r"|Connection closed|Broken pipe|expected (flush|packet|response)|bad line length|protocol error",
    "The connection to {host} broke off half way.",
    "Nothing was changed. Try again.",
)
TROUBLES = (
    # Of the disks.
    Trouble(
        "disk-there",
        r"remote: .*(No space left|Disk quota exceeded)",
        "The disk of {host} is full.",
        f"{ASK_KEEPER}. What you wrote stays here and is sent later.",
    ),
    Trouble(
        "disk",
        r"No space left on device|Disk quota exceeded",
        "The disk is full, so nothing was received.",
        "Free some space, then sync again.",
    ),
    *ENDINGS,
    # Of a push that was understood, but not wanted.
    Trouble(
        "protected",
        r"protected branch|GH006|GH013|not allowed to (force )?push code|pre-receive.*protected",
        "{place} takes nothing from you: its main branch is protected.",
        f"{ASK_KEEPER} to let members push to it, or to let the branch “main” be unprotected.",
    ),
    Trouble(
        "hook",
        r"hook declined",
        "{place} has rules of its own, and by these it did not take what was sent.",
        "What you wrote stays here. To see its own words, add --verbose; then ask the person who keeps it.",
    ),
    Trouble(
        "read-only",
        r"Write access to repository not granted|[Pp]ermission to .* denied|not allowed to (push|upload)"
        r"|marked as read.only|insufficient permission for adding|unable to create temporary object directory"
        r"|Read-only file system|receive-pack.*(not enabled|disabled|denied)|service not enabled|DENIED by",
        "You may read {place}, but not send to it.",
        f"{ASK_KEEPER} to let you send. What you wrote stays here until then.",
    ),
    Trouble(
        "checked-out",
        r"branch is currently checked out|refusing to update checked out branch",
        "{place} is someone's working folder, which takes nothing from others.",
        "A place to share is a bare repository: git init --bare FOLDER.",
    ),
    Trouble(
        "other-format",
        r"mismatched algorithms|not support this repository's hash algorithm",
        "{place} keeps its history in a newer form of git (SHA-256), and what is here in the usual one (SHA-1).",
        f"{ASK_KEEPER} to make it anew in the usual form: git init --bare --object-format=sha1 FOLDER.",
    ),
    # What was cut off looks damaged too, but is not what was sent.
    replace(INTERRUPTED, signs=r"(?s)\A(?!.*fsck).*(unexpected disconnect|transfer closed)"),
    Trouble(
        "damaged",
        r"fsck|did not send all necessary objects|bad object|corrupt|unresolved delta|bad pack|inflate|"
        r"missing (blob|tree|commit|necessary)|invalid (sha1|object|author)|unpacker error|not a valid object"
        r"|index-pack died of signal 11|pack signature mismatch|malformed",
        "What {place} sends is damaged, or made to do harm, so nothing of it was taken.",
        f"{ASK_KEEPER}; until the damage is removed there, nothing new can be received.",
    ),
    Trouble(
        "shallow",
        r"shallow",
        "{place} has only a part of its history, which cannot be joined to yours.",
        f"{ASK_KEEPER} to use a full copy (git fetch --unshallow there).",
    ),
    # Of ssh.
    Trouble(
        "host-changed",
        r"REMOTE HOST IDENTIFICATION HAS CHANGED|[Hh]ost key .*has changed|Offending .* key in",
        "{host} shows another key than when you first met: it was set up anew, or someone stands in between.",
        "Nothing was sent. Ask the person who keeps it for its new key before you take away the old one: "
        "ssh-keygen -R {met}",
    ),
    Trouble(
        "host-unknown",
        r"Host key verification failed|No .* host key is known|strict checking",
        "This computer has not met {host} before, so it cannot know that it is the right one.",
        "Connect once by hand and compare its key: ssh {host}",
    ),
    Trouble(
        "key-open",
        r"UNPROTECTED PRIVATE KEY|bad permissions|Bad owner or permissions",
        "ssh does not use your key, because others on this computer could read it or its settings.",
        "Make it yours alone: chmod 600 on the file that ssh names (see it with --verbose).",
    ),
    Trouble(
        "no-key",
        r"Identity file .* not accessible|no such identity|Load key",
        "Your ssh key for {host} cannot be read.",
        "Give the person who keeps the place a new one, or unlock yours with: ssh-add",
    ),
    Trouble(
        "denied",
        r"Permission denied \(|Too many authentication failures|no more authentication methods",
        "{host} does not know your ssh key, or your key is locked.",
        f"{ASK_KEEPER} to add your key. If it has a passphrase, unlock it first: ssh-add",
    ),
    Trouble(
        "no-ssh",
        r"cannot run ssh|ssh: (command )?not found|exec: ssh",
        "There is no ssh on this computer, and {place} is reached by it.",
        "Install OpenSSH from your system's packages, or use the place's https address.",
    ),
    # Of the web.
    Trouble(
        "proxy",
        r"resolve proxy|from proxy|[Pp]roxy CONNECT|CONNECT tunnel failed|error: 407|Proxy Auth",
        "The proxy of your network did not let the connection through.",
        "Check git's setting http.proxy, or ask who runs your network.",
    ),
    Trouble(
        "certificate",
        r"[Cc]ertificate|certificate subject name|SSL_connect|gnutls_handshake|SSL connect error|ssl/tls|TLS",
        "{host} could not prove that it is {host}: its certificate is wrong or not known here.",
        "Nothing was sent. On a guest network, sign in to it first; else ask the person who keeps the place.",
    ),
    Trouble(
        "sign-in",
        r"could not read (Username|Password)|terminal prompts disabled|Authentication failed|error: 401|HTTP 401"
        r"|Invalid username or (password|token)|HTTP Basic: Access denied",
        "{host} wants you to sign in, and git has no sign-in for it.",
        "Put a token into git's password store (git credential approve), or use an ssh address.",
    ),
    Trouble(
        "forbidden",
        r"error: 403|HTTP 403|Access denied|access denied|not authorized",
        "{host} knows you, but does not let you in to this place.",
        f"{ASK_KEEPER} to add you.",
    ),
    Trouble(
        "moved",
        r"error: 30\d|redirect",
        "{place} has moved, or a sign-in page stands before it.",
        "Ask for its new address; reflect does not follow a server to another one.",
    ),
    Trouble(
        "server-error",
        r"error: (5\d\d|429)|HTTP (5\d\d|429)|Internal [Ss]erver [Ee]rror",
        "{host} has trouble of its own at the moment.",
        "Nothing was changed. Try again later.",
    ),
    Trouble(
        "not-found",
        r"repository '.*' not found|[Rr]epository not found|error: 404|HTTP 404|does not appear to be a git repository"
        r"|not found: did you run git update-server-info|No such file or directory|is this a git repository"
        r"|project you were looking for could not be found|does not exist",
        "There is no shared place at {place}, or you may not see it.",
        "Compare the address with the one you were given, letter by letter.",
    ),
    # Of the network.
    Trouble(
        "no-such-host",
        r"[Cc]ould not resolve host|Name or service not known|Temporary failure in name resolution"
        r"|nodename nor servname|No address associated",
        "{host} was not found: you are offline, or the address is misspelled.",
        "What you wrote stays here and is sent later. To check the address: reflect community list",
    ),
    Trouble(
        "offline",
        r"Connection refused|Connection timed out|Operation timed out|timed out|Network is unreachable|No route to host"
        r"|Failed to connect|[Cc]ould ?n[o']t connect|Connection reset|Host is down|port \d+: ",
        "{host} was not reached.",
        "You may be offline, or it is. What you wrote stays here and is sent later.",
    ),
    INTERRUPTED,
    # Of git itself.
    Trouble(
        "ownership",
        r"dubious ownership|unsafe repository",
        "{place} belongs to another user of this computer, so it was not opened.",
        "Use a place of your own, or reach it by ssh.",
    ),
    Trouble(
        "way",
        r"transport '.*' not allowed|[Uu]nable to find remote helper|Unsupported protocol",
        "Your git settings, or this git, send {place} another way than is allowed for shared places.",
        "See: git config --get-regexp 'url.*insteadof'",
    ),
)
UNKNOWN = Trouble(
    "unknown",
    "",
    "{place} could not be used, for a reason that reflect does not know.",
    "To see git's own words, add --verbose.",
)
BY_KIND = {each.kind: each for each in (*TROUBLES, UNKNOWN)}
PATTERNS = [(re.compile(each.signs), each) for each in TROUBLES if each.signs]


def explained(detail: str, address: Address) -> TransferFailed:
    """Return the trouble that git's words, as given by `spoken`, stand for; an honest general one if unknown."""
    found = next((each for pattern, each in PATTERNS if pattern.search(detail)), UNKNOWN)
    return _failure(found, address, detail)


def trouble(kind: str, address: Address, detail: str = "") -> TransferFailed:
    """Return a trouble by its kind."""
    return _failure(BY_KIND[kind], address, detail)


def spoken(errors: bytes) -> str:
    """Return what git and the server said, without secrets, escapes and what repeats, the end of it at most."""
    lines = [without_secrets(line.rstrip()) for line in cleaned(errors.decode("utf-8", "replace")).splitlines()]
    return "\n".join(dict.fromkeys(line for line in lines if line.strip()))[-MOST_SPOKEN:]


def _failure(found: Trouble, address: Address, detail: str) -> TransferFailed:
    place = cut_at_word(address.shown, 80)
    words = {"place": place, "host": address.host or place, "met": _as_met(address, detail)}
    return TransferFailed(found.kind, found.message.format(**words), found.hint.format(**words), detail)


def _as_met(address: Address, detail: str) -> str:
    """Return what `ssh-keygen -R` takes to forget a host: its name as ssh writes it down, and in which file."""
    name = f"'[{address.host}]:{address.port}'" if address.port not in (0, 22) else address.host
    file = OFFENDING.search(detail)
    return f"{name} -f '{file.group(1)}'" if file else name
