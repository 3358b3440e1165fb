"""Communities: joined, read, shared with, answered and kept in step; peers are strangers."""
