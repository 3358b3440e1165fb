"""Patterns: what a person's records show when they are counted, each with the question that it leads to."""
