"""Values only: what the stages hand to each other. Frozen, keyword-only; ``None`` means the source did not say.

The JSON form of every value, its validation and its schema are msgspec's: ``to_json(value)``.
"""

import msgspec

from publisher.model.article import (
    Article,
    Certainty,
    Placement,
    Reading,
    Role,
    Source,
    Teaser,
    TracedLine,
)
from publisher.model.blocks import (
    Block,
    BlockQuote,
    Break,
    BulletList,
    Emphasis,
    Figure,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Preformatted,
    PullQuote,
    Strong,
    Subheading,
    Table,
    Text,
    Value,
    plain,
)
from publisher.model.finding import FINDING_CODES, Finding, Severity, Where
from publisher.model.issue import (
    AppendixItem,
    AppendixSection,
    Asset,
    Earlier,
    Issue,
    IssuePlan,
    Note,
    Order,
    PlacedArticle,
    Report,
)
from publisher.model.problem import PROBLEM_CODES, Problem
from publisher.model.rendition import (
    Attachment,
    Change,
    Document,
    DocumentRole,
    Metadata,
    NavEntry,
    ReaderProfile,
    Rendition,
    Target,
    Written,
)

__all__ = [
    "FINDING_CODES",
    "PROBLEM_CODES",
    "AppendixItem",
    "AppendixSection",
    "Article",
    "Asset",
    "Attachment",
    "Block",
    "BlockQuote",
    "Break",
    "BulletList",
    "Certainty",
    "Change",
    "Document",
    "DocumentRole",
    "Earlier",
    "Emphasis",
    "Figure",
    "Finding",
    "Inline",
    "Issue",
    "IssuePlan",
    "LineBreak",
    "Link",
    "Metadata",
    "NavEntry",
    "Note",
    "NumberedList",
    "Order",
    "Paragraph",
    "PlacedArticle",
    "Placement",
    "Preformatted",
    "Problem",
    "PullQuote",
    "ReaderProfile",
    "Reading",
    "Rendition",
    "Report",
    "Role",
    "Severity",
    "Source",
    "Strong",
    "Subheading",
    "Table",
    "Target",
    "Teaser",
    "Text",
    "TracedLine",
    "Value",
    "Where",
    "Written",
    "plain",
    "to_json",
]


def to_json(value: Value) -> str:
    """The value as one line of JSON, the keys in the order of its fields."""
    return msgspec.json.encode(value).decode()
