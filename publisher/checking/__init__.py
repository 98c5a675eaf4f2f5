"""Checking: a finished file, ours or anybody's, is looked at as its readers and printers will."""
