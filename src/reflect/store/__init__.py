"""The outside things: files, git, locks, the catalog. One thing a module."""
