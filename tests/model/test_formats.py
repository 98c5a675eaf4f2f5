"""What data shows itself to be."""

from publisher.model.formats import unread_for

PAGE = b"<!DOCTYPE html>\n" + b"<!-- a part of the page -->\n" * 40


def test_a_page_of_comments_is_told_before_each_of_them_has_been_tried_with_every_other() -> None:
    # With a second end to try for each comment, forty would take longer than anybody waits.
    assert unread_for(PAGE + b"<p>Words.</p>") is None


def test_a_list_of_feeds_is_told_behind_comments() -> None:
    found = unread_for(PAGE + b'<opml version="2.0">')

    assert found is not None
    assert found.name == "a list of feeds"
