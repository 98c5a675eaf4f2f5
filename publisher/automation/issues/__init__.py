"""Published issues: their weeks, their folders, what is kept beside their files, and whether that still proves them."""
