"""reflect: a private journal, call-ins and shared learning agendas, kept as Markdown in git."""

__version__ = "0.1.0"
