"""Small issues to render, and themes of a few lines to render them with."""

import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path

from publisher.compiling import compile_issue
from publisher.model import Article, Figure, Issue, IssuePlan, Paragraph, Rendition, Subheading, Target, Teaser, Text
from publisher.theming import load_theme, render

SENTENCE = "Sáng nay, hàng trăm người dân hai bờ sông Cẩm đến xem cây cầu mới trước giờ thông xe."


def words(text: str) -> tuple[Text, ...]:
    return (Text(text=text),)


def paragraph(text: str = SENTENCE) -> Paragraph:
    return Paragraph(inlines=words(text))


def bare(headline: str = "Cầu mới thông xe", language: str = "vi", **fields: object) -> Article:
    """An article with none of the optional parts."""
    return Article(headline=headline, language=language, **{"body": (paragraph(),), **fields})


FULL = Article(
    headline="Cầu Sông Cẩm thông xe sau ba năm thi công",
    kicker="Giao thông",
    standfirst="Cây cầu thứ ba nối hai bờ thành phố mở cho xe từ sáng nay.",
    bylines=("Trần Thị Hường", "Lê Văn Bảy"),
    dateline="Sông Cẩm, 17/10",
    published=dt.date(2025, 10, 17),
    certainty="stated",
    publication="Báo Sông Cẩm",
    url="https://songcam.example/cau-moi?a=1&b=2",
    language="vi",
    body=(
        paragraph(),
        Subheading(inlines=words("Chi phí")),
        paragraph("Cầu dài 1.250 m, rộng 22,5 m, hết 2.300 tỷ đồng."),
        Figure(caption=words("Dòng xe đầu tiên qua cầu. Ảnh: Minh Quân"), credit="Minh Quân"),
        Subheading(inlines=words("Phần móng"), level=3),
        paragraph("Trụ T7 phải khoan sâu thêm 14 m."),
    ),
    related=(
        Teaser(headline="Phà Bính chạy chuyến cuối", summary="Bến phà đóng sau 71 năm.", section="Nên xem"),
        Teaser(headline="Giá rau tăng", section="Nên xem", sponsored=True),
        Teaser(headline="Trường mới ở phường Bạch Mai"),
    ),
)

ENGLISH = Article(
    headline="Ferry makes its last crossing",
    language="en",
    published=dt.date(2025, 10, 18),
    body=(paragraph("The boats are sold, and the landing stage will become a market."),),
    related=(Teaser(headline=FULL.headline, section="Read more"),),
)


def issue(*articles: Article, **plan: object) -> Issue:
    return compile_issue(articles, IssuePlan(**plan))


def rendered(
    articles: Issue | Article,
    theme: str = "brief",
    target: Target = "print",
    options: Mapping[str, str] | None = None,
    search: tuple[Path, ...] = (),
) -> Rendition:
    """The rendition of an issue, or of an issue of one article."""
    made = articles if isinstance(articles, Issue) else issue(articles)
    return render(made, load_theme(theme, search) if search else shipped(theme), target, options)


shipped = functools.cache(load_theme)
"""A theme as it comes with us: its files stay as they are."""


def make_theme(folder: Path, name: str = "own", **files: str) -> Path:
    """A theme's folder with those files, ``__`` in a name standing for a slash; theirs search path is ``folder``.

    Without a description of its own the theme extends ``brief``.
    """
    made = folder / name
    files = {"theme.toml": 'summary = "A test."\nextends = "brief"\n', **files}
    for path, text in files.items():
        file = made / path.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return made
