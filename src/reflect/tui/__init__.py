"""The terminal app: screens over the workspace, and widgets that know nothing of it."""
