"""What the process of a tab runs: the app on the journal that the server names."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the app and return its exit code."""
    from reflect.context import Context
    from reflect.tui.app import run

    context = Context.from_environment(os.environ)
    return run(context, context.vault_root())


if __name__ == "__main__":
    sys.exit(main())
