"""The errors that people see: a sentence, a way forward, and an exit code."""

from __future__ import annotations


class ReflectError(Exception):
    """Something refused or failed; `message` says what and why, `hint` says what to do next."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(ReflectError):
    """The words of the command, or a value given to it, are not ones that exist."""

    exit_code = 2


class NotFound(ReflectError):
    """No record, or more than one, answers to the name that was given."""


class NoVault(ReflectError):
    """There is no journal where one was looked for."""


class GitFailed(ReflectError):
    """git ran and said no; `detail` holds its own words."""

    def __init__(self, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message, hint)
        self.detail = detail


class TransferFailed(GitFailed):
    """Another place was not reached, or said no; `kind` names the trouble, see store/troubles.py."""

    def __init__(self, kind: str, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message, hint, detail)
        self.kind = kind


class SaveFailed(ReflectError):
    """The text could not be put on disk; it is still in the editor or in a draft."""


class Unreadable(ReflectError):
    """A text is not a record that can be parsed; `line` is counted from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why
