"""Word documents (.docx, ECMA-376), as they read when all changes are accepted and comments are gone.

Read with lxml alone. A document is a zip archive of XML, and neither library that offers more gives what a newsroom's
files need: python-docx refuses a document with one dangling relation and knows no tracked changes; mammoth drops
simple fields, does not say which picture stands where, and holds a tree many times the size.
"""

from publisher.reading.docx.article import read

__all__ = ["read"]
