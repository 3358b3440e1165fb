"""Dialogs: small screens that return an answer."""
