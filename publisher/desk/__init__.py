"""The desk: the same pipeline with a face, in a browser on this machine.

What it knows is in the files of its folder: the pages as they came, corrections beside them, profiles of outlets, and
``desk.toml``; ``publisher compile desk.toml`` makes of them the same bytes.

``folder`` is the folder, whose files are opened without following links; ``drafts`` are the files that the desk writes
itself, each change a step that can be undone, none over somebody else's. ``pages`` are the articles as they are read in
a confined process, ``views`` what is shown of them, and ``changes`` what a request may change. ``live`` lays the issue
out after each change in a warm engine, and ``sheets`` makes pictures of its pages. ``contents`` is what is to be seen
of the folder, ``decisions`` what people do to it, ``proofs`` its pages; ``desk`` has all of this together.

``app`` says which address does what, ``guard`` who may ask, ``events`` who is told what happens; ``serving`` serves.
The clock, chance and the user's own folders are handed in by the command line.
"""
