"""The share review: what a record holds that could tell who someone is, found, settled and taken out. Pure."""
