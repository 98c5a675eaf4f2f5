"""Bylines."""

import pytest

from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.bylines import names_beside_date, parse_byline
from publisher.reading.vocabulary.names import name_like


@pytest.mark.parametrize(
    ("text", "people", "agencies"),
    [
        ("Vân Khánh", ("Vân Khánh",), ()),
        ("TRẦN LAM", ("TRẦN LAM",), ()),
        ("H.Anh", ("H.Anh",), ()),
        ("Nguyên Minh - 07/03/2026 08:47", ("Nguyên Minh",), ()),
        ("Tin: Tường Minh - Ảnh: Đỗ Hiền • 05/05/2021 15:28", ("Tường Minh", "Đỗ Hiền"), ()),
        ("Bài và ảnh: Lê Na", ("Lê Na",), ()),
        ("Quỳnh Chi thực hiện", ("Quỳnh Chi",), ()),
        ("Thùy Linh - Hà An", ("Thùy Linh", "Hà An"), ()),
        ("Mai Trang (TTXVN/Vietnam+)", ("Mai Trang",), ("TTXVN/Vietnam+",)),
        ("Quang Thái (theo hãng tin MDN)", ("Quang Thái",), ("hãng tin MDN",)),
        ("Rory Mendham, Local Democracy Reporter", ("Rory Mendham",), ()),
        ("한서윤 기자", ("한서윤",), ()),
        ("Minh Anh (Theo AFP, Reuters)", ("Minh Anh",), ("AFP", "Reuters")),
        ("Nguyễn Hà/VOV-Tây Bắc", ("Nguyễn Hà",), ()),
        ("Theo TTXVN", (), ("TTXVN",)),
        ("Hà An, Theo Thời báo ven biển 17:17 13/05/2024", ("Hà An",), ("Thời báo ven biển",)),
        ("Theo Nhà Đẹp", (), ("Nhà Đẹp",)),
        (
            "By Dana A. Ford , James S.A. Corey, Chien-Ming Wang, and Tom Watkins, CNN",
            ("Dana A. Ford", "James S.A. Corey", "Chien-Ming Wang", "Tom Watkins"),
            ("CNN",),
        ),
        ("By Mina Holt and Jo Pell, The Lower Valley Post", ("Mina Holt", "Jo Pell"), ("The Lower Valley Post",)),
        ("By Tobias Renn, Science correspondent, Coastal Monitor", ("Tobias Renn",), ("Coastal Monitor",)),
        ("By Morag Lindsay, Transport correspondent", ("Morag Lindsay",), ()),
        ("(Reporting by Tomas Reis; Editing by Claire Boon)", ("Tomas Reis",), ()),
        ("Von Henrike Asmussen und Jan Petersen", ("Henrike Asmussen", "Jan Petersen"), ()),
        ("Par Maëlle Guérin (avec AFP)", ("Maëlle Guérin",), ("AFP",)),
        ("By Tobias Renn Parliamentary editor", ("Tobias Renn",), ()),
        ("Por Lucía Arana, corresponsal en Lisboa", ("Lucía Arana",), ()),
        ("Submitted by Mina Holt on Tue, 02/10/2026 - 09:14", ("Mina Holt",), ()),
        ("Ein Artikel von Jan Petersen", ("Jan Petersen",), ()),
        ("Por Lucía Arana, do Diário do Litoral — Angra", ("Lucía Arana",), ()),
        ("Ольга Мезенцева", ("Ольга Мезенцева",), ()),
        ("CTV Nguyễn Hà/VOV - ĐBSCL", ("Nguyễn Hà",), ()),
        ("Par Maëlle Guérin, avec AFP Publié le 18 mars 2026 à 17h42", ("Maëlle Guérin",), ("AFP",)),
        ("By Mina Holt Last updated 3 May 2026, 10:00", ("Mina Holt",), ()),
        ("Words by Mina Holt. Pictures by Jo Pell", ("Mina Holt", "Jo Pell"), ()),
        ("Education reporter, Brook Wales", (), ("Brook Wales",)),
        ("كتب: خالد المنصوري", ("خالد المنصوري",), ()),
        ("文：佐久間勇 田村直子", ("佐久間勇 田村直子",), ()),
        ("Por Lucía Arana, n1 Litoral — Porto Alto", ("Lucía Arana",), ()),
        ("By Mina Holt in Leeds and Jo Pell in Hull", ("Mina Holt", "Jo Pell"), ()),
        ("By Mina Holt, Political Editor, and Jo Pell", ("Mina Holt", "Jo Pell"), ()),
        ("By Mina Holt and Jo Pell Harbour News", ("Mina Holt", "Jo Pell"), ()),
        ("By MINA HOLT, Special to the Harbour Post", ("MINA HOLT",), ()),
        ("Written by Mina Holt | Edited by Jo Pell", ("Mina Holt",), ()),
        ("Mina Holt @minaholt Leeds", ("Mina Holt",), ()),
        ("Par Maëlle Guérin et Loïc Tanguy.", ("Maëlle Guérin", "Loïc Tanguy"), ()),
        ("By Mina Holt Jr.", ("Mina Holt Jr.",), ()),
        ("Par Maëlle Guérin (envoyée spéciale à Brest)", ("Maëlle Guérin",), ()),
        ("Maëlle Guérin (à Brest)", ("Maëlle Guérin",), ()),
        ("Hà An (từ Quảng Trị)", ("Hà An",), ()),
        ("By MINA HOLT Associated Press", ("MINA HOLT",), ("Associated Press",)),
        ("Text: Jan Petersen Fotos: Henrike Asmussen", ("Jan Petersen", "Henrike Asmussen"), ()),
        ("Y Sương - Hà An", ("Y Sương", "Hà An"), ()),
        ("Hà An, Y Sương", ("Hà An", "Y Sương"), ()),
        ("LUCÍA ARANA Y JAVIER PONS", ("LUCÍA ARANA", "JAVIER PONS"), ()),
        ("Oleh Dewi Lestari", ("Dewi Lestari",), ()),
        ("ByMina Holt", ("Mina Holt",), ()),
        ("Lucía Arana | Madrid | 24/11/2026", ("Lucía Arana",), ()),
        ("By Mina Holt•24 November 2026•4 min read", ("Mina Holt",), ()),
        ("Von Jan Petersen | 4 Min. Lesezeit", ("Jan Petersen",), ()),
        ("Hà An • 24/11/2026 • 4 phút đọc", ("Hà An",), ()),
        ("By Mina Holt Updated 3 hours ago 4 min read", ("Mina Holt",), ()),
        ("Par Maëlle Guérin | 12 commentaires", ("Maëlle Guérin",), ()),
        ("ParMaëlle Guérin", ("Maëlle Guérin",), ()),
        ("Byron Holt", ("Byron Holt",), ()),
        ("Mina Holt; Wirenews", ("Mina Holt",), ()),
        ("Un article d’Odile Marnier", ("Odile Marnier",), ()),
        ("Par Odile Marnier (à Brévaux)", ("Odile Marnier",), ()),
        ("Theo Trần Lam (Đời sống và Nhà vườn)", ("Trần Lam",), ("Đời sống và Nhà vườn",)),
        ("Trần Lam (Báo Đất cảng)", ("Trần Lam",), ("Báo Đất cảng",)),
        ("Por Odília Marné, L1 Litoral — Porto Brével", ("Odília Marné",), ()),
        ("Mina HoltzTransport correspondent, Port Ansel", ("Mina Holtz",), ()),
        ("Ruth FitzGerald and Ian MacArthur", ("Ruth FitzGerald", "Ian MacArthur"), ()),
        ("By Mina Holt, Jo Pell - Anna Stone", ("Mina Holt", "Jo Pell", "Anna Stone"), ()),
        ("Ein Gespräch von Grete Ahlers", ("Grete Ahlers",), ()),
        ("Récit de Odile Marnier", ("Odile Marnier",), ()),
        ("Grete Ahlers14:07", ("Grete Ahlers",), ()),
        ("Country deskBy Mina Holtz", ("Mina Holtz",), ()),
        (
            "Grete Ahlers (Text), Ole Petersen (Text), Anna Holm (Bilder), Altwarf 17.06.2025",
            ("Grete Ahlers", "Ole Petersen"),
            (),
        ),
        ("Article rédigé par Odile Marnier avec France Ouest et l’AFP", ("Odile Marnier",), ()),
        ("Clara Ibarra Redactora de Economía", ("Clara Ibarra",), ()),
        ("Von Grete Ahlers, Bad Altwarf", ("Grete Ahlers",), ()),
        ("Anna MacDonald Smith", ("Anna MacDonald Smith",), ()),
    ],
)
def test_bylines_are_taken_apart(text: str, people: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    byline = parse_byline(text, vocabulary())

    assert byline is not None
    assert (byline.people, byline.agencies) == (people, agencies)


@pytest.mark.parametrize(
    "text",
    [
        "Có thể bạn quan tâm",
        "Hà Nội",
        "Ảnh: Minh Triết",
        "Chiều 17/10, trình bày tham luận tại Đại hội",
        "Lesen Sie auch: Warum Krabbenkutter wieder segeln",
        "What happens next",
        "South East Asia correspondent",
        "Самое читаемое",
        "By the time the rain stopped, half the town had gone",
        "Photos by Jo Pell",
        "By New Year, half the town had gone",
        "Theo Trần Lam, Sở Y tế số 2",
        "07/03/2026 08:47",
        "x" * 500,
    ],
)
def test_other_lines_are_no_bylines(text: str) -> None:
    assert parse_byline(text, vocabulary()) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Do 25.04.24 | 14:07 Uhr | Von Grete Ahlers", ("Grete Ahlers",)),
        ("Grete Ahlers | 25.04.24 | 14:07 Uhr | Neues Leben", ("Grete Ahlers",)),
        ("Sud-Plaine Matin par Odile Marnier. Publié le 12/03/2024 à 10h30", ("Odile Marnier",)),
    ],
)
def test_after_the_date_only_a_name_that_is_introduced_signs(text: str, people: tuple[str, ...]) -> None:
    byline = names_beside_date(text, vocabulary())

    assert byline is not None
    assert byline.people == people


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Phương Bùi", True),
        ("Nguyễn Thị Minh Khai", True),
        ("Ludwig van Beethoven", True),
        ("Phương", False),
        ("Kinh tế Việt Nam", False),
        ("Tin 24h", False),
    ],
)
def test_the_shape_of_a_name(text: str, like: bool) -> None:
    assert name_like(text) is like
