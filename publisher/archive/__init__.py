"""An archive: what many outlets print for years, as articles. Read this first.

::

    news/
      articles/week=2026-W12/part-<hash>.parquet   the truth: articles by the week in which they were published
      batches/<hash>.json                          what was read together, which parts came of it, and what was lost
      stories/week=2026-W12.json                   which articles of a week tell one story; made again when these change
      lost.jsonl                                   all pages that hold no article, or could not be read, and why
      index.sqlite                                 words, to find articles by; may be deleted

``adding`` makes the first two and ``lost.jsonl``, where an executor works: each batch is written whole by whoever read
it, under a name that its pages and our code give it. What has a name is there; so a run that was ended goes on where it
was, and gives the same bytes as one that was not. ``grouping`` makes the stories, a week at a time; ``asking`` gives
a digest the articles of its issue. ``parts`` alone knows Parquet, ``index`` SQLite.
"""
