"""Ways out: copies of records for elsewhere."""
