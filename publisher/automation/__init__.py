"""Unattended work: the weekly digest, what it remembers, and the shelf that it publishes on.

``digest`` is the file to read first. Here and in ``cli`` alone the clock and the environment are touched.
"""
