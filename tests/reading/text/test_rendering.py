"""What a program made of a page when it rendered it as text, undone."""

import pytest

from publisher.reading.text.rendering import undo


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("March 10, 20266:22 PM ET", "March 10, 2026 6:22 PM ET"),
        (
            "by Mina Holt and Jo PellMarch 10, 2026March 11, 2026",
            "by Mina Holt and Jo Pell March 10, 2026 March 11, 2026",
        ),
        ("Trần Lam10/03/2026 17:45", "Trần Lam 10/03/2026 17:45"),
        ("Odile Marnier10 mars 2026", "Odile Marnier 10 mars 2026"),
        ("Mina Holt10.3.2026", "Mina Holt 10.3.2026"),
        ("The boat waits in the ice.MINA HOLT", "The boat waits in the ice. MINA HOLT"),
        ("10.03.2026, 18:22 UhrVon Mina Holt", "10.03.2026, 18:22 Uhr Von Mina Holt"),
        ("10/03/2026 17:45Theo dõi trên mạng", "10/03/2026 17:45 Theo dõi trên mạng"),
        ("Par Odile MarnierPublié le 10 mars 2026", "Par Odile Marnier Publié le 10 mars 2026"),
    ],
)
def test_what_a_style_sheet_had_set_apart_is_apart_again(text: str, apart: str) -> None:
    assert undo([text]).texts == [apart]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định 258/2025/QH15 có hiệu lực từ 2026",
        "Euro 2024: Deutschland",
        "16:45 - 02/06/2025",
        "The X2026pro sold 2026 times",
        "1/2000 in 2026",
    ],
)
def test_what_stands_together_stays_so(text: str) -> None:
    assert undo([text]).texts == [text]
