"""Credits in captions."""

import pytest

from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.captions import caption_credit, credit_alone, without_label


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Đàn sếu đáp xuống ruộng. Ảnh: Ngọc Hân", "Ngọc Hân"),
        ("Học sinh tập nổi (Ảnh: Hoàng Yến).", "Hoàng Yến"),
        ("Cầu mới trong đêm - Ảnh: TRẦN LAM", "TRẦN LAM"),
        ("Khỉ con được đưa về - Ảnh TTXVN", "TTXVN"),
        ("Các chiến sĩ nghiên cứu sa bàn (ảnh tư liệu).", ""),
        ("The boat leaves at dawn. Photograph: Callum Reid/Harbour Gazette", "Callum Reid/Harbour Gazette"),
        ("Der alte Leuchtturm. © Imke Petersen/dpa", "Imke Petersen/dpa"),
        ("Le bus sur la place. - Crédit : Luc Ferrand", "Luc Ferrand"),
        ("Una vecina en la parada (Foto: Iván Soto)", "Iván Soto"),
        ("Il ponte chiuso (foto Bertani)", "Bertani"),
        ("Les bêtes redescendent avec dix jours d'avance. DR", "DR"),
        ("Le col de la Vernaz (DR)", "DR"),
        ("Ensayo en la casa de cultura. / PACO SERNA", "PACO SERNA"),
        ("The boat leaves at dawn. | Callum Reid for THE LEDGER", "Callum Reid for THE LEDGER"),
        ("The boat leaves at dawn. Callum Reid for the Harbour Gazette", "Callum Reid for the Harbour Gazette"),
        ("The boat leaves at dawn. Credit...Callum Reid", "Callum Reid"),
        ("The boat leaves at dawn. (Bay News: Callum Reid)", "Callum Reid"),
        ("Le bus sur la place. | LUC FERRAND", "LUC FERRAND"),
        ("Le bus sur la place. GDP - Luc Ferrand", "Luc Ferrand"),
        ("Das Boot legt ab. Imke Petersen", None),
        ("Neue Regeln für Paketboten ab Januar", None),
        ("The boat leaves at dawn. Free Meals for Students", None),
        ("Das Boot legt ab | Neues vom Hafen", None),
        ("El pleito acabó en tablas. / La sala decide", None),
        ("Er sprach mit Dr. Meier, dem Arzt der DDR", None),
        ("He keeps a diary (photo at left)", None),
        ("The slide shows the plan. Photo by Government of Norland", "Government of Norland"),
        ("Người dân xem ảnh trong bảo tàng.", None),
        ("Ông nói: ảnh đẹp thì ai cũng thích, nhưng ảnh thật mới khó.", None),
        ("Tấm ảnh này ai chụp?", None),
    ],
)
def test_the_credit_that_closes_a_caption(text: str, credit: str | None) -> None:
    assert caption_credit(text, vocabulary()) == credit


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Ảnh: TTXVN", "TTXVN"),
        ("(Ảnh: Minh Triết)", "Minh Triết"),
        ("© Imke Petersen", "Imke Petersen"),
        ("© 2026 Báo Kỹ Thuật Số", None),
        ("Ada Morrow for the Harbour Post", "Ada Morrow for the Harbour Post"),
        ("Luc Ferrand pour Le Courrier", "Luc Ferrand pour Le Courrier"),
        ("Good news for the harbour", None),
        ("Ảnh minh họa", "Ảnh minh họa"),
        ("Ảnh hưởng của bão đến miền Trung", None),
    ],
)
def test_a_credit_alone(text: str, credit: str | None) -> None:
    assert credit_alone(text, vocabulary()) == credit


def test_a_screen_readers_label_is_taken_off() -> None:
    assert without_label("Media caption The mayor told reporters", vocabulary()) == "The mayor told reporters"
    assert without_label("The mayor told reporters", vocabulary()) is None
