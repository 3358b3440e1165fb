"""The command line: one command one module, imported only when it runs."""
