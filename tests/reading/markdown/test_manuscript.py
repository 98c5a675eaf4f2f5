"""An article becomes Markdown, and that the same article."""

from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from publisher.model import Article, Source
from publisher.model.characters import admit
from publisher.model.formats import MARKDOWN
from publisher.reading import read
from publisher.reading.markdown.manuscript import manuscript
from publisher.reading.vocabulary import vocabulary
from tests.reading.articles import articles


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(articles())
def test_an_article_comes_back_from_markdown_as_it_was(article: Article) -> None:
    article = admit(article)[0]

    text = manuscript(article, vocabulary())

    (again,) = read(Source(name="bai.md", data=text.encode(), media_type=MARKDOWN)).articles
    assert again == replace(article, origin="bai.md")
