"""Runs of another language."""

import pytest

from publisher.model import Paragraph, Source, Strong, Text, plain
from publisher.reading import read

VIETNAMESE = "Sáng nay, ban quản lý cho biết cây cầu đã được kiểm tra lần cuối trước khi đón những chuyến xe đầu tiên."
ENGLISH = "We have checked every bolt of the bridge, and it is ready for the first cars of the morning."


def paragraphs(text: str, language: str) -> list[Paragraph]:
    source = Source(
        name="x.md", media_type="text/markdown", data=f"---\nlanguage: {language}\n---\n# Cầu\n\n{text}".encode()
    )
    return [block for block in read(source).articles[0].body if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("around", "run", "language"),
    [
        pytest.param(VIETNAMESE, ENGLISH, "en", id="English in Vietnamese"),
        pytest.param(ENGLISH, VIETNAMESE, "vi", id="Vietnamese in English"),
        pytest.param(
            VIETNAMESE,
            "Nous avons vérifié tous les boulons du pont et il est prêt pour les voitures.",
            "fr",
            id="French",
        ),
        pytest.param(
            VIETNAMESE,
            "Wir haben jeden Bolzen der Brücke geprüft, und sie ist bereit für die ersten Autos.",
            "de",
            id="German",
        ),
        pytest.param(
            VIETNAMESE,
            "Hemos revisado todos los pernos del puente y está listo para los primeros coches.",
            "es",
            id="Spanish",
        ),
    ],
)
def test_a_paragraph_and_a_quotation_carry_their_own_language(around: str, run: str, language: str) -> None:
    main = "vi" if around is VIETNAMESE else "en"

    own, alone, quoted = paragraphs(f"{around}\n\n{run}\n\n{around} “{run}” {around}", main)

    assert own.inlines == (Text(text=around),)
    assert alone.inlines == (Text(text=run, language=language),)
    assert quoted.inlines == (
        Text(text=f"{around} “"),
        Text(text=run, language=language),
        Text(text=f"” {around}"),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{VIETNAMESE} “Golden Bridge Half Marathon” diễn ra vào chủ nhật.", id="a name"),
        pytest.param(
            f'{VIETNAMESE} "Kỳ tích sông Hồng" là tên gọi của dự án, "cầu mới" cũng vậy.', id="its own language"
        ),
        pytest.param("Tô Lâm, Trần Anh Tuấn, Nguyễn Văn A, John Smith.", id="people"),
    ],
)
def test_names_and_its_own_words_stay_as_they_are(text: str) -> None:
    (found,) = paragraphs(text, "vi")

    assert found.inlines == (Text(text=text),)


def test_marked_words_keep_their_marking_and_no_word_is_lost() -> None:
    (found,) = paragraphs(f"{VIETNAMESE} **{ENGLISH}** {VIETNAMESE}", "vi")

    assert isinstance(found.inlines[1], Strong)
    assert found.inlines[1].children == (Text(text=ENGLISH, language="en"),)
    assert plain(found.inlines) == f"{VIETNAMESE} {ENGLISH} {VIETNAMESE}"


def test_an_article_in_a_language_without_words_of_ours_is_not_taken_for_its_relatives() -> None:
    italian = "Il vecchio mulino sul fiume ha ripreso a girare domenica, e la farina è grigia e profuma di nocciola."

    (own, english) = paragraphs(f"{italian}\n\n{ENGLISH}", "it")

    assert own.inlines == (Text(text=italian),)
    assert english.inlines == (Text(text=ENGLISH, language="en"),)
