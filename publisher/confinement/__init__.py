"""Confinement: strangers' bytes are parsed in a process that can do nothing else.

Parsers of pages, documents and pictures are where an attacker gets in, and most of them are C. So they do not run
beside the network and the mail password, but in a child (``worker`` is our side of it, ``child`` its own) without
network, programs, other processes, or files but those of the interpreter; with limits on memory and time; that dies
with us. What it may be asked to do is a table (``jobs``); what it answers is decoded as strictly as what came from
outside, since it may be the attacker's by then. How it locks itself in is in ``walls``.
"""
