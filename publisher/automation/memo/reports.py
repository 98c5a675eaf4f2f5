"""Finished files checked once, and of others the parts that have been seen before."""

import hashlib

from publisher.automation.memo import Memo
from publisher.checking import Looker, Purpose, Report, Validators, check, look
from publisher.model import Look


def report_on(
    memo: Memo,
    data: bytes,
    name: str,
    purposes: frozenset[Purpose],
    validators: Validators | None,
    looker: Looker | None = None,
    sha256: str | None = None,
) -> Report:
    """``check``, which remembers; ``looker`` as there, in the place of ``looker_of``.

    ``sha256`` is the file's, if it is known. What a validator could not say this time is asked again the next.
    """
    asked = validators and [validators.verapdf, validators.epubcheck, validators.ace]
    made_of = (sha256 or hashlib.sha256(data).hexdigest(), name, sorted(purposes), asked)
    by = looker or looker_of(memo)
    report = memo.keep("reports", Report, made_of, lambda: check(data, name, purposes, validators, by))
    if report.is_open:
        memo.drop("reports", made_of)
    return report


def looker_of(memo: Memo) -> Looker:
    """``look``, which remembers parts of files."""

    def looker(data: bytes, name: str, purposes: frozenset[Purpose]) -> Look:
        return look(data, name, purposes, memo.keep)

    return looker
