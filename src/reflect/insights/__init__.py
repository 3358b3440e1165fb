"""What the records show when they are seen together: functions from rows to plain data."""
