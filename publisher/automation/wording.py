"""What the shelf and the mail say, in the languages that the themes speak; English in any other."""

import datetime as dt
from types import MappingProxyType

from publisher.automation.issues.proof import File, Proof
from publisher.model.blocks import Value

_KIB = 1000


class Wording(Value, frozen=True, kw_only=True):
    """The words of one language. Those in braces are filled in."""

    language: str
    """BCP 47, the primary subtag."""

    date_form: str = "long"
    """Babel's: a pattern where the CLDR's form is one for tables."""

    issue: str
    all_issues: str
    newest: str
    earlier: str
    year: str
    format: str
    all: str
    articles: tuple[str, str]
    """One of them, and ``{count}``."""

    download: str
    press: str
    for_reader: str
    always_newest: str
    follow: str
    catalogue: str
    feed: str
    no_issues: str
    skip: str
    attached: str
    trial: str
    """After the title, with a colon between them."""

    more: str
    """``{count}`` headlines that are not shown."""

    pages: tuple[str, str]
    read_here: str
    """On the button that leads to the articles as web pages."""

    contents: str
    previous: str
    following: str
    skip_to_text: str


_WORDINGS = MappingProxyType(
    {
        wording.language: wording
        for wording in (
            Wording(
                language="en",
                issue="{title}, No. {number}",
                all_issues="All issues",
                newest="Newest issue",
                earlier="Earlier issues",
                year="Year",
                format="Format",
                all="All",
                articles=("1 article", "{count} articles"),
                download="Download",
                press="for a printing press",
                for_reader="for {reader}",
                always_newest="Addresses that always lead to the newest issue",
                follow="Follow",
                catalogue="Catalogue for e-readers",
                feed="Feed",
                no_issues="No issue has been published yet.",
                skip="Skip to the issues",
                attached="The issue is attached.",
                trial="a letter to try the mail. The issues will come the same way.",
                more="and {count} more",
                pages=("1 page", "{count} pages"),
                read_here="Read here",
                contents="Contents",
                previous="Previous",
                following="Next",
                skip_to_text="Skip to the text",
            ),
            Wording(
                language="vi",
                date_form="d 'tháng' M 'năm' y",
                issue="{title}, số {number}",
                all_issues="Tất cả các số",
                newest="Số mới nhất",
                earlier="Các số trước",
                year="Năm",
                format="Định dạng",
                all="Tất cả",
                articles=("1 bài", "{count} bài"),
                download="Tải về",
                press="cho nhà in",
                for_reader="cho {reader}",
                always_newest="Địa chỉ cố định của số mới nhất",
                follow="Theo dõi",
                catalogue="Danh mục cho máy đọc sách",
                feed="Nguồn cấp tin",
                no_issues="Chưa có số nào được phát hành.",
                skip="Đến danh sách các số",
                attached="Số báo ở trong tệp đính kèm.",
                trial="thư thử. Các số báo sẽ đến theo đường này.",
                more="và {count} bài nữa",
                pages=("1 trang", "{count} trang"),
                read_here="Đọc tại đây",
                contents="Mục lục",
                previous="Trang trước",
                following="Trang sau",
                skip_to_text="Đến nội dung",
            ),
            Wording(
                language="de",
                issue="{title}, Nr. {number}",
                all_issues="Alle Ausgaben",
                newest="Neueste Ausgabe",
                earlier="Frühere Ausgaben",
                year="Jahr",
                format="Format",
                all="Alle",
                articles=("1 Artikel", "{count} Artikel"),
                download="Herunterladen",
                press="für die Druckerei",
                for_reader="für {reader}",
                always_newest="Adressen, die immer zur neuesten Ausgabe führen",
                follow="Folgen",
                catalogue="Katalog für E-Reader",
                feed="Feed",
                no_issues="Noch ist keine Ausgabe erschienen.",
                skip="Zu den Ausgaben",
                attached="Die Ausgabe hängt an.",
                trial="ein Probebrief. Die Ausgaben kommen auf demselben Weg.",
                more="und {count} weitere",
                pages=("1 Seite", "{count} Seiten"),
                read_here="Hier lesen",
                contents="Inhalt",
                previous="Zurück",
                following="Weiter",
                skip_to_text="Zum Text",
            ),
            Wording(
                language="fr",
                issue="{title}, nº {number}",
                all_issues="Tous les numéros",
                newest="Dernier numéro",
                earlier="Numéros précédents",
                year="Année",
                format="Format",
                all="Tous",
                articles=("1 article", "{count} articles"),
                download="Télécharger",
                press="pour l’imprimerie",
                for_reader="pour {reader}",
                always_newest="Adresses qui mènent toujours au dernier numéro",
                follow="Suivre",
                catalogue="Catalogue pour liseuses",
                feed="Fil",
                no_issues="Aucun numéro n’est encore paru.",
                skip="Aller aux numéros",
                attached="Le numéro est joint.",
                trial="une lettre d’essai. Les numéros viendront par la même voie.",
                more="et {count} de plus",
                pages=("1 page", "{count} pages"),
                read_here="Lire ici",
                contents="Sommaire",
                previous="Précédent",
                following="Suivant",
                skip_to_text="Aller au texte",
            ),
            Wording(
                language="es",
                issue="{title}, n.º {number}",
                all_issues="Todos los números",
                newest="Último número",
                earlier="Números anteriores",
                year="Año",
                format="Formato",
                all="Todos",
                articles=("1 artículo", "{count} artículos"),
                download="Descargar",
                press="para la imprenta",
                for_reader="para {reader}",
                always_newest="Direcciones que siempre llevan al último número",
                follow="Seguir",
                catalogue="Catálogo para lectores electrónicos",
                feed="Canal",
                no_issues="Aún no se ha publicado ningún número.",
                skip="Ir a los números",
                attached="El número va adjunto.",
                trial="una carta de prueba. Los números llegarán por la misma vía.",
                more="y {count} más",
                pages=("1 página", "{count} páginas"),
                read_here="Leer aquí",
                contents="Índice",
                previous="Anterior",
                following="Siguiente",
                skip_to_text="Ir al texto",
            ),
        )
    }
)


def wording_for(language: str) -> Wording:
    """The words of a language, given as BCP 47."""
    return _WORDINGS.get(language.split("-")[0].lower(), _WORDINGS["en"])


def issue_title(proof: Proof) -> str:
    """A name that no other issue of the series has: e-readers name what they download after it.

    The date stands in it as ISO 8601 has it, so that issues sorted by name are in order.
    """
    return f"{numbered_title(proof)} ({proof.date.isoformat()})"


def numbered_title(proof: Proof) -> str:
    """The title, with the issue's number where it has one."""
    if proof.number is None:
        return proof.title
    return wording_for(proof.language).issue.format(title=proof.title, number=proof.number)


def file_label(file: File, language: str) -> str:
    """What a file is, for the button that fetches it: ``EPUB``, ``EPUB for Kobo``, ``PDF for a printing press``."""
    wording = wording_for(language)
    kind = (file.format or "").upper()
    if file.press:
        return f"{kind} {wording.press}"
    return f"{kind} {wording.for_reader.format(reader=file.profile.capitalize())}" if file.profile else kind


def written_count(count: int, forms: tuple[str, str]) -> str:
    """So many of what has these forms: ``1 page``, ``2 pages``."""
    return forms[count != 1].format(count=count)


def written_date(date: dt.date, language: str) -> str:
    """A date as the language writes it in full."""
    from babel.dates import format_date

    wording = wording_for(language)
    return format_date(date, wording.date_form, locale=wording.language)


def written_size(count: int, language: str) -> str:
    """A number of bytes as people read it: ``1.2 MB``."""
    from babel.units import format_unit

    locale = wording_for(language).language
    unit, scale, pattern = ("megabyte", _KIB**2, "#,##0.0") if count >= _KIB**2 else ("kilobyte", _KIB, "#,##0")
    return format_unit(max(count / scale, 1), f"digital-{unit}", "short", pattern, locale=locale)


def written_language(tag: str, language: str) -> str:
    """A language's name in another, or its tag where nobody has named it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name(wording_for(language).language)
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag
