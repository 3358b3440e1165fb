"""Folders that another program copies to the internet."""

from __future__ import annotations

from pathlib import Path

# Folder names that the services' own programs make, in small letters; a name may go on after it.
SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
}


def synced_folder(path: Path) -> str:
    """Return the name of the service that copies this folder elsewhere, `""` when none is known to."""
    for part in path.expanduser().absolute().parts:
        name = part.lower()
        for beginning, service in SERVICES.items():
            if name == beginning or name.startswith((f"{beginning} ", f"{beginning}-")):
                return service
    return ""


def advice(service: str) -> str:
    """Return what keeping a journal in such a folder means."""
    return (
        f"This folder is copied by {service}: what you write here leaves this computer, and whoever can open "
        f"that account can read it. Two computers that sync it at once can also damage its history. "
        f"A folder outside of {service} keeps your journal private."
    )
