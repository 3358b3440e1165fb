"""Signing in to a place by https: a token of its host, kept by git's own password store and never by us."""

from __future__ import annotations

import sys
from pathlib import Path

from reflect.community.hosts import host_of
from reflect.records.addresses import Address
from reflect.store.git import run_git


def steps(address: Address) -> list[str]:
    """Return how a person comes by a token for a place, in sentences."""
    host = host_of(address.host)
    if host is None:
        return [f"{address.host} wants you to sign in. Ask whoever runs it for a token, or an app password, for git."]
    return [
        f"{host.name} wants you to sign in, and takes a token in place of your password.",
        f"Make one there: {host.token_page}. It has to be for {host.token_needs}.",
        f"The sign-in name is {host.token_user}.",
    ]


def how_to_store(address: Address) -> list[str]:
    """Return how a token is put where git finds it, without its standing in the shell's history."""
    lines = [] if helper(address) else [f"  git config --global {_key(address)} {usual_helper()}"]
    lines.append("  git credential approve")
    return [
        "To keep it where git finds it, run:",
        *lines,
        f"  and type: url={_origin(address)}, then username=NAME, password=TOKEN and an empty line, each on its own.",
    ]


def helper(address: Address) -> str:
    """Return git's password store for a place, `""` where none is set up."""
    return run_git("config", "--get-urlmatch", "credential.helper", _origin(address), allowed=(0, 1)).decode().strip()


def usual_helper() -> str:
    """Return a password store that this git has: the system's own, else a file that only the person can open."""
    programs = Path(run_git("--exec-path").decode().strip())
    wanted = ["osxkeychain"] if sys.platform == "darwin" else ["libsecret"]
    return next((name for name in wanted if (programs / f"git-credential-{name}").exists()), "store")


def set_up_helper(address: Address) -> None:
    """Let git keep what it learns for this host in the usual password store; raises GitFailed."""
    run_git("config", "--global", _key(address), usual_helper())


def store(address: Address, name: str, token: str) -> None:
    """Give a token to git's password store; raises GitFailed, ValueError for a line break in it."""
    if any(char in name + token for char in "\n\r\0"):
        raise ValueError("a token is one line")
    text = f"url={_origin(address)}\nusername={name}\npassword={token}\n\n"
    run_git("credential", "approve", input=text.encode())


def _key(address: Address) -> str:
    return f"credential.{_origin(address)}.helper"


def _origin(address: Address) -> str:
    return f"{address.kind}://{address.host}{f':{address.port}' if address.port else ''}"
