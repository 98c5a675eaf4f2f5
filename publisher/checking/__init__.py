"""Checking: a finished file, ours or anybody's, is looked at as its readers, archivists and printers will.

``pdf`` and ``epub`` find what is wrong with a file by themselves; ``validators`` asks the judges that are installed.
"""

from publisher.checking.purposes import PURPOSES, Purpose
from publisher.checking.report import Report
from publisher.checking.validators import Validators, find_validators
from publisher.errors import DefectError, InputError, OptionError, PublisherError

__all__ = ["LIBRARIES", "PURPOSES", "Purpose", "Report", "Validators", "check", "find_validators"]

LIBRARIES = ("pikepdf", "tinycss2")
"""What the extra ``check`` brings."""

PDF_MARK_WITHIN_BYTES = 1024
"""How far into a file its mark may stand: programs put mail headers and spaces before it (ISO 32000-1, annex H)."""


def check(
    data: bytes, name: str, purposes: frozenset[Purpose] = frozenset(), validators: Validators | None = None
) -> Report:
    """All that is found in a PDF or an EPUB; ``validators`` are asked when given.

    The file's own claims say what it is for, besides ``purposes``. InputError when it is neither, or cannot be read;
    DefectError when it makes the check as a whole fail.
    """
    try:
        if b"%PDF-" in data[:PDF_MARK_WITHIN_BYTES]:
            from publisher.checking.pdf import check_pdf

            return check_pdf(data, name, purposes, validators)
        if data.startswith(b"PK\x03\x04"):
            from publisher.checking.epub import check_epub

            return check_epub(data, name, validators)
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise OptionError(f"cannot check {name}: {error.name} is not installed. Install publisher[check].") from error
    except PublisherError:
        raise
    except Exception as error:  # The boundary around a file: one that nothing of can be told costs no traceback.
        raise DefectError(
            f"cannot check {name}: it makes the check fail ({type(error).__name__}). Report it, with the file."
        ) from error
    what = "it is empty" if not data else "it is neither a PDF nor an EPUB"
    raise InputError(f"cannot check {name}: {what}. Name a finished file.")
