"""Articles and an editor's plan become an issue: each article once, in order, with the appendix of related news."""

from publisher.compiling.duplicates import Double
from publisher.compiling.fingerprints import Fingerprint, fingerprint, same_text
from publisher.compiling.issue import compile_issue, part_of
from publisher.compiling.likeness import Weighed
from publisher.compiling.rarity import Rarity
from publisher.compiling.sameness import DAYS_APART, content_digest, fullness, same_article, words_of
from publisher.compiling.sections import sections_of
from publisher.compiling.stories import Grouping, Stories, StoryReport, group_stories
from publisher.compiling.traits import Traits, traits_of

__all__ = [
    "DAYS_APART",
    "Double",
    "Fingerprint",
    "Grouping",
    "Rarity",
    "Stories",
    "StoryReport",
    "Traits",
    "Weighed",
    "compile_issue",
    "content_digest",
    "fingerprint",
    "fullness",
    "group_stories",
    "part_of",
    "same_article",
    "same_text",
    "sections_of",
    "traits_of",
    "words_of",
]
