"""What a record is and the rules it keeps: no files, no git, no clock."""
