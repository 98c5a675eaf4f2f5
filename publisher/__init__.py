"""Scraped news text becomes print-ready PDF briefs and EPUB compilations. Start reading at ``pipeline``."""

__version__ = "0.1.0"
