"""Profiles of outlets from a click: a line of a page that is the same on all pages of its outlet."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from publisher.desk.pages import DeskPage
from publisher.model.blocks import Value
from publisher.pipeline import OUTLETS
from publisher.reading import parse_profile
from publisher.reading.trace.rules import HTML_RULES, RULES
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.profiles import host_of
from publisher.toml import dump_toml

LONGEST_PHRASE = 120
"""Letters: a longer line is no label and no button."""

GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "furniture.exact": ("furniture", "buttons and notices"),
        "ends.exact": ("furniture", "what stands after the article's end"),
        "labels.exact": ("section label", "headings over links to other articles"),
        "summaries": ("section label", "labels over the points that sum the article up"),
        "bylines.agencies": ("byline", "what signs when nobody does"),
        "captions.agencies": ("credit", "what signs pictures alone"),
        "captions.labels": ("caption", "what stands before a caption"),
    }
)
"""The groups of a profile that a line can go into, with the role that it then has, and what they hold."""


class OutletGroup(Value, frozen=True, kw_only=True):
    """A group of a profile that a line can go into."""

    group: str
    role: str
    phrase: str
    says: str


class OutletOffer(Value, frozen=True, kw_only=True):
    """What can be said of all such lines of an outlet."""

    host: str
    file: str
    groups: tuple[OutletGroup, ...]


class RuleSaid(Value, frozen=True, kw_only=True):
    """What a rule took a line for."""

    role: str
    rule: str
    sentence: str
    sure: float


class LineReason(Value, frozen=True, kw_only=True):
    """Why a line is what it is."""

    n: int
    role: str
    rule: str
    sentence: str
    sure: float
    was: RuleSaid
    outlet: OutletOffer | None


def reason_of(page: DeskPage, number: int) -> LineReason:
    """Why the line with that number is what it is. LookupError when there is none."""
    if page.reading is None or page.by_rules is None or not 1 <= number <= len(page.reading.trace):
        raise LookupError(f"line {number}")
    line, rules = page.reading.trace[number - 1], page.by_rules.trace[number - 1]
    return LineReason(
        n=number,
        role=line.role,
        rule=line.rule,
        sentence=_sentence(line.rule),
        sure=line.confidence,
        was=RuleSaid(role=rules.role, rule=rules.rule, sentence=_sentence(rules.rule), sure=rules.confidence),
        outlet=_offer(page, line.text),
    )


def is_of(page: DeskPage, host: str) -> bool:
    """Whether an article of the page is of that host."""
    return any(host_of(article.url).removeprefix("www.") == host for article in page.articles)


def _sentence(rule: str) -> str:
    return RULES.get(rule) or HTML_RULES.get(rule, rule)


def _offer(page: DeskPage, text: str) -> OutletOffer | None:
    host = next((host for article in page.articles if (host := host_of(article.url))), "").removeprefix("www.")
    phrase = " ".join(text.split())
    if not host or not fold(phrase) or len(phrase) > LONGEST_PHRASE:
        return None
    return OutletOffer(
        host=host,
        file=f"{OUTLETS}/{host}.toml",
        groups=tuple(
            OutletGroup(group=group, role=role, phrase=phrase, says=says) for group, (role, says) in GROUPS.items()
        ),
    )


def with_phrase(content: bytes | None, offer: OutletOffer, group: str, phrase: str) -> bytes:
    """The profile with the phrase in a group. LookupError for a group that is none; InputError for a broken profile."""
    if group not in GROUPS:
        raise LookupError(f"group {group!r}")
    profile = parse_profile(content or f'hosts = ["{offer.host}"]\n'.encode(), offer.file)
    table: dict[str, Any] = _without_empty(msgspec.to_builtins(profile))
    table.setdefault("hosts", [offer.host])
    *path, last = group.split(".")
    within = table
    for name in path:
        within = within.setdefault(name, {})
    phrases: Sequence[str] = within.get(last, ())
    within[last] = [*phrases, phrase] if phrase not in phrases else list(phrases)
    return dump_toml(table).encode()


def _without_empty(table: dict[str, Any]) -> dict[str, Any]:
    inner = {name: _without_empty(value) if isinstance(value, dict) else value for name, value in table.items()}
    return {name: value for name, value in inner.items() if value}
