"""A folder of records under git: saved, committed, looked back on, mended."""
