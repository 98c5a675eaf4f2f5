"""Articles and an editor's plan become an issue: each article once, in order, with the appendix of related news."""

from publisher.compiling.issue import compile_issue
from publisher.compiling.stories import Fingerprint, fingerprint, group_stories, same_story, same_text

__all__ = ["Fingerprint", "compile_issue", "fingerprint", "group_stories", "same_story", "same_text"]
