"""The links that fetch an issue's files, on the shelf's page and on the issue's own."""

from publisher.automation.issues.proof import File
from publisher.automation.shelf.elements import Element, element
from publisher.automation.shelf.presented import Presented
from publisher.automation.wording import file_label, written_count, written_size


def download(href: str, file: File, title: str, shelf: Presented) -> Element:
    """A link whose words make sense alone, as when a screen reader lists all links."""
    words = shelf.wording
    facts = [written_size(file.bytes, shelf.language)]
    if file.pages:
        facts.insert(0, written_count(file.pages, words.pages))
    return element(
        "a",
        {"href": href, "type": file.media_type},
        element("span", {"class": "hidden"}, f"{words.download}: {title}, "),
        file_label(file, shelf.language),
        " ",
        element("small", {}, ", ".join(facts)),
    )
