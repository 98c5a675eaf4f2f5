"""Finished files checked once, and of others the parts that have been seen before."""

import functools

from publisher.automation.memo import Memo
from publisher.checking import Purpose, Report, Validators, check, look


def report_on(
    memo: Memo, data: bytes, name: str, purposes: frozenset[Purpose], validators: Validators | None
) -> Report:
    """``check``, which remembers. What a validator could not say this time is asked again the next."""
    asked = validators and [validators.verapdf, validators.epubcheck, validators.ace]
    made_of = (data, name, sorted(purposes), asked)
    looker = functools.partial(look, keep=memo.keep)
    report = memo.keep("reports", Report, made_of, lambda: check(data, name, purposes, validators, looker))
    if report.is_open:
        memo.drop("reports", made_of)
    return report
