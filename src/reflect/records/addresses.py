"""Where a shared place is: the addresses that may reach git, and words for those that may not.

An address comes from strangers: from an invitation, a file in a repository, a line in a chat. git would run a
program for some of them (gitremote-helpers(7): `ext::`, a leading dash), so each is taken apart here first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from posixpath import isabs, join, normpath
from urllib.parse import quote, unquote

from reflect.errors import ReflectError
from reflect.records.textforms import UNSAFE, cut_at_word, one_line

LONGEST = 1_000
EXAMPLE = "Use one such as git@host.org:team/place.git or https://host.org/team/place.git."
# A name of a host or of a person's account there; neither begins with a dash, so neither is ever an option.
HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\]")
USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
# `host:path` and `user@host:path`; a slash before the colon makes it a path, as git reads it too.
SCP = re.compile(r"(?:([^/@:]*)@)?(\[[^\]/]*\]|[^/:@\[\]]*):(.*)", re.DOTALL)
SCP_PASSWORD = re.compile(r"[^/@:]+:[^/@]*@[^/]*:")
WINDOWS = re.compile(r"[A-Za-z]:|\\\\|//|[^/]*\\")
# Something that looks like `host.org/team/place`: the scheme was forgotten.
BARE_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/.+")
LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|\[::1\]", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """One place: `url` goes to git, `shown` to people; `kind` is ssh, https, http or file.

    `file_path` is the absolute path of a place on this computer, `""` for all others; `port` 0 is the usual one.
    """

    kind: str
    url: str
    shown: str
    host: str = ""
    user: str = ""
    port: int = 0
    path: str = ""
    file_path: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is a folder on this computer."""
        return self.kind == "file"


def parse_address(
    text: str, *, is_typed: bool = False, here: str = "", home: str = "", allows_http: bool = False
) -> Address:
    """Return the parts of an address; raises ReflectError in plain words for one that is not used.

    A folder of this computer is taken only where a person typed it (`is_typed`), counted from `here` and with
    `home` in place of `~`, never where the text came from elsewhere. `allows_http`: the person asked for a
    connection that is not encrypted; to this computer itself it needs no asking.
    """
    given = text.strip()
    _check_letters(given)
    if WINDOWS.match(given) and not SCHEME.match(given):
        raise _refused(
            "A Windows path or a network share is not an address that works here.",
            "Use an https or ssh address; in WSL, a folder as it is named there, such as /mnt/c/shared/place.git.",
        )
    scheme = SCHEME.fullmatch(given)
    if scheme:
        return _of_scheme(scheme.group(1).lower(), scheme.group(2), is_typed, allows_http)
    if HELPER.match(given):
        raise _refused(f"{_echo(given)} names a program to run, not a place.", EXAMPLE)
    scp = SCP.fullmatch(given)
    if SCP_PASSWORD.match(given):
        raise _has_password()
    if scp:
        return _of_ssh(scp.group(1), scp.group(2), "", scp.group(3), given)
    if BARE_HOST.fullmatch(given):
        hint = f"Did you mean https://{given}? A folder of that name is written ./{given}."
        raise _refused(f"{_echo(given)} does not say how to reach that place.", hint)
    return _of_folder(given, is_typed, here, home)


def without_secrets(text: str) -> str:
    """Return a text with sign-in names and passwords taken out of every address in it."""
    return re.sub(r"(?i)\b(https?|ftps?)(://)[^\s/@'\"]*@|\b(ssh)(://[^\s/@:'\"]*):[^\s/@'\"]*(?=@)", r"\1\3\2\4", text)


def _check_letters(given: str) -> None:
    if not given:
        raise _refused("The address is empty.", EXAMPLE)
    if len(given) > LONGEST:
        raise _refused(f"The address has {len(given):,} characters; it may have {LONGEST:,}.", EXAMPLE)
    if given.startswith("-"):
        raise _refused("An address does not begin with a dash.", EXAMPLE)
    readable = given + unquote(given, errors="replace")
    if "\n" in readable or "\t" in readable or UNSAFE.search(readable) or _has_hidden(readable):
        raise _refused("The address holds a line break or a hidden character.", "Copy it again, as one line.")


def _has_hidden(text: str) -> bool:
    # Cf: zero-width and direction marks; Zl, Zp: line breaks of Unicode.
    return any(unicodedata.category(char) in ("Cf", "Zl", "Zp") for char in text if not char.isascii())


def _of_scheme(scheme: str, rest: str, is_typed: bool, allows_http: bool) -> Address:
    if scheme == "file":
        return _of_file_url(rest, is_typed)
    if scheme not in ("ssh", "https", "http"):
        ways = "Shared places are reached by https or ssh."
        raise _refused(f"{_echo(scheme)}:// is not a way that is used here.", f"{ways} {EXAMPLE}")
    head, slash, path = rest.partition("/")
    account, _, place = head.rpartition("@")
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?", place)
    if found is None:
        raise _refused("The address has no proper host name.", EXAMPLE)
    host, port = found.group(1), found.group(2) or ""
    if scheme == "ssh":
        return _of_ssh(account if "@" in head else None, host, port, slash + path, "")
    _check_host(host, port)
    if "@" in head:
        raise _refused(
            "The address holds a sign-in name or a password, and everyone who is invited would see it.",
            f"Give it as {scheme}://{place}/…, and keep the sign-in in git's own password store "
            "(git help credentials), or use an ssh address.",
        )
    if " " in rest or "?" in rest or "#" in rest:
        raise _refused("A web address of a place has no blank, ? or # in it.", EXAMPLE)
    if not path.strip("/"):
        raise _refused("The address names a host, but no place on it.", EXAMPLE)
    if scheme == "http" and not allows_http and not LOOPBACK.fullmatch(host):
        raise _refused(
            "http:// is not encrypted: anyone on the way could read and change what is shared.",
            f"Try https://{place}/{path}.",
        )
    url = f"{scheme}://{place}/{path}"
    return Address(scheme, url, url, host, "", int(port or 0), f"/{path}")


def _of_ssh(user: str | None, host: str, port: str, path: str, scp: str) -> Address:
    """Return an ssh address; `scp` is its short form as it was given."""
    name, colon, _ = (user or "").partition(":")
    if colon:
        raise _has_password()
    if user is not None and USER.fullmatch(name) is None:
        raise _refused("The sign-in name in the address is not one that ssh takes.", EXAMPLE)
    _check_host(host, port)
    if not path.strip("/~") or path.startswith("-"):
        raise _refused("The address names a host, but no place on it.", EXAMPLE)
    at = f"{name}@" if name else ""
    url = scp or f"ssh://{at}{host}{f':{port}' if port else ''}{path}"
    return Address("ssh", url, url, host, name, int(port or 0), path)


def _has_password() -> ReflectError:
    return _refused(
        "The address holds a password, and everyone who is invited would see it.",
        "Give it without the password; ssh signs in with a key.",
    )


def _check_host(host: str, port: str) -> None:
    if not host.isascii():
        raise _refused(
            f"The host name {_echo(host)} has letters that can be mistaken for others.",
            "Give it in its plain form, as in xn--….",
        )
    if HOST.fullmatch(host) is None or not all(part for part in host.strip("[]").split(".") if "[" not in host):
        raise _refused("The address has no proper host name.", EXAMPLE)
    if port and not 1 <= int(port) <= 65535:
        raise _refused(f"{port} is not a port: they go from 1 to 65535.", EXAMPLE)


def _of_file_url(rest: str, is_typed: bool) -> Address:
    host, slash, path = rest.partition("/")
    if host not in ("", "localhost") or not path or WINDOWS.match(path):
        raise _refused("A file address names a folder of this computer: file:///folder/place.git.", EXAMPLE)
    return _of_folder(slash + unquote(path), is_typed, "", "")


def _of_folder(path: str, is_typed: bool, here: str, home: str) -> Address:
    if not is_typed:
        raise _refused(
            f"{_echo(path)} is a folder of a computer, not an address that others can reach.",
            "A folder is used only where you type it yourself, on the command line or in the app.",
        )
    if path == "~" or path.startswith("~/"):
        path = home + path[1:]
    elif path.startswith("~"):
        raise _refused(f"{_echo(path)}: the home folder of someone else is given by its full path.", "")
    full = normpath(join(here, path))
    if not isabs(full) or full.startswith("//") or full == "/":
        raise _refused(f"{_echo(path)} is not a folder that can be shared.", "Give its full path.")
    # As an address, so that git treats it like any other: it would take a path's objects unseen.
    return Address("file", f"file://{quote(full, safe='/')}", full, path=full, file_path=full)


def _echo(text: str) -> str:
    return f"“{cut_at_word(one_line(re.sub(r'[^/]*@', '', text)), 60)}”"


def _refused(message: str, hint: str) -> ReflectError:
    return ReflectError(message, hint)
