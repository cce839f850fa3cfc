"""One driver an engine, all with the same two commands; see driving.py."""
