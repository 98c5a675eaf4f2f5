"""``publisher verify``: whether an issue on a shelf is still what its proof says."""

import os
from functools import partial
from pathlib import Path

import click

from publisher.cli.commands import Command
from publisher.cli.options import confined
from publisher.cli.terminal import say
from publisher.confinement.worker import Worker
from publisher.counting import spelled
from publisher.errors import CheckError


@click.command(cls=Command)
@click.argument("proof", metavar="ISSUE.JSON", type=click.Path(path_type=Path))
@click.option(
    "--archives",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the digest keeps what issues were made from. Without it, only what the shelf has is verified.",
)
@click.option("--json", "as_json", is_flag=True, help="The result as one line of JSON.")
@click.option(
    "--checks/--no-checks", default=True, show_default=True, help="Whether to check each file again, besides its bytes."
)
@click.option(
    "--validators/--no-validators",
    default=True,
    show_default=True,
    help="Whether to ask veraPDF, epubcheck and Ace where they are installed; they take seconds.",
)
@confined
def verify(proof: Path, archives: Path | None, as_json: bool, checks: bool, validators: bool, worker: Worker) -> None:
    """Hold a published issue against its proof.

    The proof has the bytes of the issue's files and inputs, and what was found in them.

    \b
    publisher verify shelf/issues/2026-W12/issue.json
    publisher verify shelf/issues/2026-W12 --no-checks
    publisher verify shelf/issues/2026-W12 --archives archives

    Exits with 8 when anything is not as the proof says.
    """
    from publisher.automation.issues import verify as verifying
    from publisher.checking import find_validators

    found = find_validators(os.environ) if validators else None
    looker = partial(worker.do, "look")
    result = verifying.verify_proof(proof, found, checks=checks, archives=archives, looker=looker)
    if as_json:
        say(verifying.as_json(result))
    else:
        for doubt in result.doubts:
            say(f"{doubt.file}: {doubt.message}")
        if not result.doubts:
            numbers = {"file": result.files, "input": result.inputs, "check": result.checks}
            counts = ", ".join(spelled(number, noun) for noun, number in numbers.items())
            say(f"{result.proof.title}, {result.proof.week}: as its proof says ({counts})")
    if result.doubts:
        first = result.doubts[0]
        raise CheckError(f"{result.proof.week} is not as its proof says: {first.file}: {first.message}")
