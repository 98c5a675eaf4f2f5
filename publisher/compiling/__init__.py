"""Articles and an editor's plan become an issue: each article once, in order, with the appendix of related news."""

from publisher.compiling.issue import compile_issue

__all__ = ["compile_issue"]
