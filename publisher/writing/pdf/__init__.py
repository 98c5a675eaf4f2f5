"""PDF: a print rendition is laid out and written by WeasyPrint, in a child process of its own.

The engine's memory grows with the pages and does not come back, and what it is given may be hostile: so it runs apart,
with a deadline and a memory cap, without network or files (``process``). Inside the child, ``layout`` has each document
made into a fragment (``composing``), several at once if it may (``crew``), until all page numbers are true
(``settling``), and has the fragments joined (``linker``).

``engine`` is the module that knows WeasyPrint. What goes further into it stands beside it: ``painting``, ``faces`` and
``folios`` make fragments of what it lays out, ``tags`` and ``plates`` mend what it writes, ``breaks`` sees where its
pages begin, and ``whole`` leaves a file to it.

There are two kinds of PDF: for screens and archives (PDF/A-3a and PDF/UA-1 in one), and for a press (PDF/X-4, which
``press`` describes and ``plates`` makes).
"""

from publisher.model import Rendition, Written
from publisher.writing.pdf.limits import Limits
from publisher.writing.pdf.press import PreparedPress, PressOptions, prepare_press
from publisher.writing.pdf.process import PdfProcess

__all__ = ["Limits", "PdfProcess", "PreparedPress", "PressOptions", "prepare_press", "write_pdf"]


def write_pdf(rendition: Rendition, limits: Limits | None = None, press: PreparedPress | None = None) -> Written:
    """The PDF of a print rendition, its anchors' pages and its page breaks; RenderingError when it cannot be made."""
    with PdfProcess(limits) as process:
        return process.write(rendition, press=press)
