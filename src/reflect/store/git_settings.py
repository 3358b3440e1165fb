"""What every git of ours is told, so that it runs nothing, asks nothing and believes nobody.

Each line stops something that was seen to work without it; docs/git-safety.md says what.
"""

from __future__ import annotations

import os

# Passed by environment, these win over the repository's and the person's own settings. The person's
# global settings are kept beside them: proxy, certificates and password store stand there.
SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.attributesFile": "/dev/null",
    "core.symlinks": "false",
    "core.protectNTFS": "true",
    "core.protectHFS": "true",
    "core.askPass": "",
    "core.pager": "cat",
    "core.editor": "false",
    "core.alternateRefsCommand": "true",
    "core.autocrlf": "false",
    "core.quotePath": "false",
    # A 200 MB blob of zeros comes in a pack of 225 KB: larger than this, objects are not held in memory.
    "core.bigFileThreshold": "1m",
    # By default git syncs neither loose objects nor refs.
    "core.fsync": "committed",
    "commit.gpgSign": "false",
    "tag.gpgSign": "false",
    "log.showSignature": "false",
    "gpg.program": "false",
    "diff.external": "",
    "merge.default": "text",
    # Upkeep runs when nobody waits, never inside a save.
    "gc.auto": "0",
    "maintenance.auto": "false",
    "safe.bareRepository": "explicit",
    "init.templateDir": "",
    "init.defaultBranch": "main",
    "color.ui": "false",
    "i18n.commitEncoding": "UTF-8",
    "submodule.recurse": "false",
    "pack.threads": "1",
}
# On top, where git's memory is limited: a window may be mapped for each of many packs, and the default of 1 GiB
# alone would reach the limit.
FRUGAL = {
    "core.packedGitWindowSize": "16m",
    "core.packedGitLimit": "128m",
}
# On top, where git speaks to another repository.
REACHING = {
    "transfer.fsckObjects": "true",
    "fetch.fsckObjects": "true",
    "fetch.fsck.gitattributesSymlink": "error",
    # What comes stays in its pack: single objects would be unpacked in memory, and each synced by itself.
    "fetch.unpackLimit": "1",
    "fetch.recurseSubmodules": "false",
    "fetch.writeCommitGraph": "false",
    "fetch.prune": "false",
    "fetch.pruneTags": "false",
    "fetch.uriProtocols": "",
    "transfer.bundleURI": "false",
    "transfer.advertiseSID": "false",
    "push.recurseSubmodules": "no",
    "push.followTags": "false",
    "push.gpgSign": "false",
    "push.negotiate": "false",
    "push.pushOption": "",
    "protocol.version": "2",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "20",
    "credential.interactive": "false",
    **FRUGAL,
}
# Certificates that a person trusts beside those of the system; every other GIT_ variable is dropped.
KEPT = ("GIT_SSL_CAINFO", "GIT_SSL_CAPATH")
VARIABLES = {
    "GIT_TERMINAL_PROMPT": "0",
    # Set and empty: this is what keeps a window from asking where git, ssh or the person name one.
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Nothing is fetched or sent unless a call says so; a repository that someone else made could otherwise
    # have git run a program of its choice when an object is missing (a promisor remote).
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "false",
    "LC_ALL": "C.UTF-8",
}


def hardened(settings: dict[str, str]) -> dict[str, str]:
    """Return this process's environment without what could steer git, and with these settings for it."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in KEPT}
    ours.pop("SSH_ASKPASS", None)
    ours |= VARIABLES
    ours["GIT_CONFIG_COUNT"] = str(len(settings))
    for number, (key, value) in enumerate(settings.items()):
        ours[f"GIT_CONFIG_KEY_{number}"] = key
        ours[f"GIT_CONFIG_VALUE_{number}"] = value
    return ours
