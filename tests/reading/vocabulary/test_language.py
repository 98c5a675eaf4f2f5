"""The language of an article: declared, shown by its words, or detected."""

import importlib.util

import pytest

from publisher.model import Source
from publisher.reading import read
from publisher.reading.vocabulary import vocabulary
from publisher.reading.vocabulary.detection import detected
from publisher.reading.vocabulary.language import language_for, language_of

KNOWN = vocabulary()

TEXTS = {
    "vi": "Bảy lò gốm ven sông đã đỏ lửa trở lại từ đầu tháng Ba, khi con đê mới được nối liền với bến cũ.",
    "en": "The old mill on the river turned again on Sunday in front of two hundred people, and the flour is grey.",
    "de": "Die alte Mühle am Fluss dreht sich seit Sonntag wieder, und das Mehl ist grau und riecht nach Haselnuss.",
    "fr": "La vieille roue a tourné dimanche devant deux cents personnes, et la farine est grise et sent la noisette.",
    "es": "El viejo molino del río volvió a girar el domingo ante doscientas personas, y la harina huele a avellana.",
}
OTHERS = {
    "it": "Il vecchio mulino sul fiume ha ripreso a girare domenica davanti a duecento persone. La farina è grigia e "
    "profuma di nocciola; i primi cinquanta chili sono stati divisi tra le famiglie del paese.",
    "nl": "De oude molen aan de rivier draait sinds zondag weer, voor tweehonderd mensen. Het meel is grijs en ruikt "
    "naar hazelnoot; de eerste vijftig kilo werden verdeeld onder de families van het dorp.",
    "pl": "Stary młyn nad rzeką znów ruszył w niedzielę na oczach dwustu osób. Mąka jest szara i pachnie orzechem; "
    "pierwsze pięćdziesiąt kilogramów podzielono między rodziny we wsi, jak dawniej po żniwach.",
}

SCRIPTS = {
    "ja": "駅の待合室に図書室ができた。誰でも無料で借りられる。",
    "zh": "村口的小车站改成了图书室，谁都可以免费借书。",
    "ko": "작은 역의 대합실이 도서실로 바뀌어 누구나 책을 빌릴 수 있다.",
    "th": "ห้องรอรถไฟของสถานีเล็กกลายเป็นห้องสมุดที่ใครก็ยืมได้",
    "el": "Η μικρή αίθουσα του σταθμού έγινε βιβλιοθήκη για όλους.",
    "he": "אולם ההמתנה הקטן בתחנה הפך לספרייה פתוחה לכולם.",
}

needs_detector = pytest.mark.skipif(
    importlib.util.find_spec("lingua") is None, reason="the languages extra is not installed"
)


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_in_a_shipped_language_is_known_by_its_words(language: str) -> None:
    assert language_for(TEXTS[language], KNOWN) == language


@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("declared", [None, "en"])
def test_a_text_in_a_script_of_its_own_needs_no_detector(language: str, declared: str | None) -> None:
    assert language_for(SCRIPTS[language], KNOWN, declared) == language


def test_a_foreign_name_decides_nothing() -> None:
    assert language_for("東京 (Tokyo)", KNOWN) == "und"
    assert language_for(f"{TEXTS['en']} 東京 {TEXTS['en']}", KNOWN) == "en"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("declared", ["it", "nl-BE", "sr-Latn", "pl"])
def test_what_a_page_declares_is_believed_of_a_text_that_is_surely_in_no_shipped_language(
    language: str, declared: str
) -> None:
    assert language_for(OTHERS[language], KNOWN, declared) == declared


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("declared", ["it", "en-US", "vi"])
def test_a_text_that_is_surely_in_another_language_overrules_its_page(language: str, declared: str) -> None:
    overruled = language if declared.split("-")[0] != language else declared

    assert language_for(TEXTS[language], KNOWN, declared) == overruled


def test_a_few_words_do_not_overrule_a_page() -> None:
    assert language_for("Berlin – Amt für Statistik", KNOWN, "fr-CH") == "fr-CH"


@needs_detector
@pytest.mark.parametrize("language", OTHERS)
def test_an_undeclared_text_in_any_language_is_detected(language: str) -> None:
    assert language_for(OTHERS[language], KNOWN) == language


@needs_detector
def test_a_headline_alone_is_not_detected() -> None:
    assert detected("Stary młyn znów ruszył") is None


@needs_detector
def test_half_a_pair_of_surrogates_is_no_obstacle_to_detection() -> None:
    """As an escape in the front matter of a manuscript leaves it."""
    assert detected(f"\ud83d {OTHERS['pl']}") == "pl"


def test_without_the_detector_the_words_say_what_they_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "lingua", None)
    detected.__globals__["_detector"].cache_clear()

    assert language_for(OTHERS["pl"], KNOWN) == language_of(OTHERS["pl"], KNOWN) == "und"


@needs_detector
def test_a_text_in_italian_is_an_italian_article() -> None:
    text = f"Il mulino torna a girare\n\n{OTHERS['it']}\n\n{OTHERS['it'].replace('domenica', 'lunedì')}\n"

    (article,) = read(Source(name="mulino.txt", data=text.encode(), media_type="text/plain")).articles

    assert article.language == "it"
