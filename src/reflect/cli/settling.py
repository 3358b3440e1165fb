"""The options by which flags are settled: what stands for a text, what stays, what goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict

import click

from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.records.review.substitution import Settled


class SettlingOptions(TypedDict):
    """What stands behind the options."""

    replace: tuple[str, ...]
    keep: tuple[str, ...]
    remove: tuple[str, ...]


def settling_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--replace`, `--keep` and `--remove` to a command."""
    options = [
        click.option("--replace", multiple=True, metavar="TEXT=ROLE", help="In a community: write a role for a name."),
        click.option("--keep", multiple=True, metavar="TEXT", help="In a community: this is no name, it may stay."),
        click.option("--remove", multiple=True, metavar="TEXT", help="In a community: take this out."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def settled(options: SettlingOptions) -> Settled:
    """Return how flags are settled; raises UsageError for a `--replace` without a role."""
    from reflect.records.review.substitution import Settled

    replaced: dict[str, str] = {}
    for each in options["replace"]:
        text, equals, role = each.partition("=")
        if not equals or not text.strip():
            raise UsageError(f"“{each}” is not TEXT=ROLE.", 'Write: --replace "Jane Roe=a principal"')
        replaced[text.strip()] = role.strip()
    return Settled(replaced, options["keep"], options["remove"])
