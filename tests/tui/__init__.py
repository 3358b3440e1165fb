"""The terminal app, by keyboard, by mouse, and as pictures."""
