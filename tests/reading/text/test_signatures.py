"""Who signs, by what stands between the headline and the text, and who does not though the line looks like a name."""

import pytest

from publisher.model import Source
from publisher.reading import read

HEADLINE = "Ferry to the outer islands sails again after the longest break"
TEXT = """\
The ferry to the outer islands has sailed for the first time since November, ending a pause of a hundred days.

Forty passengers and eleven sheep were on board when the ship left the harbour, and a small crowd waved from the pier.

The repairs to the ramp took four months longer than planned, because the steel for it lay in a warehouse inland.
"""

SIGNED = {
    "two people, introduced": ("By Jane Barlow and Omar Haddad", ("Jane Barlow", "Omar Haddad")),
    "three names in a row": (
        "Jane Barlow\nOmar Haddad\nAda Morrow\nMay 12, 2024",
        ("Jane Barlow", "Omar Haddad", "Ada Morrow"),
    ),
    "an address beside the name": ("By JANE BARLOW | jbarlow@paper.example\nMay 12, 2024", ("JANE BARLOW",)),
    "a button after the name": ("Jane Barlow Follow\nMay 12, 2024", ("Jane Barlow",)),
    "an outlet after the name": ("Jane Barlow, Daily Gazette\nMay 12, 2024", ("Jane Barlow",)),
    "an age glued to the name": ("Jane Barlow2 minutes ago", ("Jane Barlow",)),
    "a place in its own line": ("Jane Barlow\nKuala Lumpur\nMay 12, 2024", ("Jane Barlow",)),
    "a place after a comma": ("Von Jane Barlow, Hamburg\n12.05.2024", ("Jane Barlow",)),
    "authors as programs list them": (
        "Autor Jane Barlow; Omar Haddad; Lisbon\n2024-05-12",
        ("Jane Barlow", "Omar Haddad"),
    ),
    "a station before the name": ("KBRN | By Jane Barlow\nMay 12, 2024", ("Jane Barlow",)),
    "a place and a role in brackets": ("By Jane Barlow (Lisbon, special correspondent)", ("Jane Barlow",)),
    "an editor under the author": ("Jane Barlow\n12 May 2024, 09:30\nEditor: Omar Haddad", ("Jane Barlow",)),
    "a photographer over the author": (
        "Sailors wave from the deck of the ferry.\nAda Morrow\nMay 12, 2024\nBy Jane Barlow",
        ("Jane Barlow",),
    ),
    "an agency, when nobody else does": ("Agence France-Presse\nMay 12, 2024", ("Agence France-Presse",)),
}
UNSIGNED = {
    "a league": "Premier League\nMay 12, 2024",
    "a street": "Wall Street\nMay 12, 2024",
    "a city": "Buenos Aires\n12/05/2024",
    "a country beside a date": "12 May 2024 | Costa Rica",
    "a logo": "Morning Gazette-Logo\nMay 12, 2024",
    "a picture agency": "Getty Images\nMay 12, 2024",
    "a picture agency that nobody listed": "Sound Coast Pictures\nMay 12, 2024",
    "words of the page": "Zur Person\nMay 12, 2024",
    "an editor alone": "Editor: Omar Haddad\nMay 12, 2024",
}


def bylines(head: str) -> tuple[str, ...]:
    """Who signs the article with these lines under its headline."""
    text = "\n\n".join([HEADLINE, *head.split("\n"), TEXT])
    return read(Source(name="page.txt", data=text.encode())).articles[0].bylines


@pytest.mark.parametrize(("head", "expected"), SIGNED.values(), ids=SIGNED)
def test_people_sign(head: str, expected: tuple[str, ...]) -> None:
    assert bylines(head) == expected


@pytest.mark.parametrize("head", UNSIGNED.values(), ids=UNSIGNED)
def test_nobody_signs(head: str) -> None:
    assert bylines(head) == ()


@pytest.mark.parametrize("last", ["It ends in May. By Jane Barlow", "It ends in May. By Jane Barlow and Omar Haddad"])
def test_who_stands_after_the_standfirst_signs(last: str) -> None:
    standfirst = f"For a hundred days nobody crossed the sound, and nobody knew for how long. {last}"
    text = "\n\n".join([HEADLINE, standfirst, "May 12, 2024", TEXT])

    found = read(Source(name="page.txt", data=text.encode())).articles[0].bylines

    assert found == tuple(last.removeprefix("It ends in May. By ").split(" and "))


def test_a_film_by_somebody_is_signed_by_nobody() -> None:
    text = (
        f"{HEADLINE}\n\nThe islanders wait for a ship in the film “The Sound” by Jane Barlow\n\nMay 12, 2024\n\n{TEXT}"
    )

    assert read(Source(name="page.txt", data=text.encode())).articles[0].bylines == ()


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Jane Barlow, published 12 May 2024, 09:30", ("Jane Barlow",)),
        ("By Jane Barlow | 12 May 2024 09:30", ("Jane Barlow",)),
        ("Ferries | 12 May 2024 09:30", ()),
    ],
)
def test_who_stands_beside_an_hour_under_the_text_signs(last: str, expected: tuple[str, ...]) -> None:
    text = "\n\n".join([HEADLINE, TEXT, last])

    assert read(Source(name="page.txt", data=text.encode())).articles[0].bylines == expected


@pytest.mark.parametrize(("line", "expected"), [("Minh Hà", ("Minh Hà",)), ("Bến Tre", ()), ("Lê Hữu Thạnh", ())])
def test_a_name_alone_under_a_vietnamese_standfirst_signs(line: str, expected: tuple[str, ...]) -> None:
    text = f"""\
Bến Vạn mở lại đường ra bãi tôm sau hai mùa nước

Xã Bến Vạn vừa thông xe đoạn đường đất dài bốn cây số, nối khu nuôi tôm với chợ đầu mối.

{line}

Ông Lê Hữu Thạnh, trưởng ấp, cho biết bà con góp ngày công từ đầu tháng chín, mỗi hộ một người.

Xã dự tính trải đá phần còn lại trước mùa mưa năm sau, bằng nguồn vốn huy động của các tổ hợp tác.
"""

    assert read(Source(name="page.txt", data=text.encode())).articles[0].bylines == expected
