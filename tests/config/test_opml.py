"""Subscriptions of a reader of feeds, as sources of a digest."""

from pathlib import Path

import pytest

from publisher.config import load_settings, starter
from publisher.config.opml import Feed, feeds_in, sources_of
from publisher.errors import InputError
from tests.cli.running import run

OPML = Path(__file__).parents[1] / "fuzzing" / "seeds" / "feeds.opml"
BANK = "https://songngu.example/rss"
FEEDS = (
    Feed(address=BANK, title="Báo Sông Ngự", section="Kinh tế"),
    Feed(address="https://cho.example/gia.xml?a=1&b=2", title="Giá cả", section="Chợ"),
    Feed(address="http://cang.example/atom", title="Bến cảng", section="Cảng"),
    Feed(address="https://khong-ten.example/"),
)


def of(folder: Path, text: str) -> tuple[Feed, ...]:
    path = folder / "feeds.opml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return feeds_in(path)


def test_each_feed_comes_once_with_its_folder_or_category() -> None:
    assert feeds_in(OPML) == FEEDS


def test_they_are_sources_that_can_be_loaded(tmp_path: Path) -> None:
    odd = Feed(address="https://a.example/", title="a # b [[c]]", section='Tin "nóng" \\ mới')
    path = tmp_path / "digest.toml"
    path.write_text(starter() + "\n".join(sources_of((*FEEDS, odd))), encoding="utf-8")

    _, *sources = load_settings(path).sources

    assert [(each.from_, each.section, each.articles) for each in sources] == [
        (feed.address, feed.section, True) for feed in (*FEEDS, odd)
    ]


def test_the_command_prints_what_the_settings_lack(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(f'{starter()}\n[[sources]]\nfrom = "{BANK}"\n', encoding="utf-8")

    result = run("digest", "import", OPML, path)

    assert result.exit_code == 0
    assert result.stderr == f"{OPML} has 4 feeds, of which 3 are new\n"
    assert result.stdout.splitlines()[:6] == [
        "",
        "[[sources]]",
        'from = "https://cho.example/gia.xml?a=1&b=2"  # Giá cả',
        'section = "Chợ"',
        "articles = true  # fetch the pages of which the feed holds only summaries",
        "",
    ]


def test_without_settings_it_prints_all() -> None:
    result = run("digest", "import", OPML)

    assert result.stdout.count("[[sources]]") == 4
    assert result.stderr == f"{OPML} has 4 feeds\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", " as OPML: no element found: line 1, column 0. Export it again from the reader of feeds."),
        (
            "<rss/>",
            " as OPML: it is XML, and begins with 'rss'. Export it again from the reader of feeds.",
        ),
        (
            "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>",
            " as OPML: it declares a document type. Export it again from the reader of feeds.",
        ),
        (
            "<opml>" + "<outline>" * 64,
            " as OPML: its outlines are more than 64 deep. Export it again from the reader of feeds.",
        ),
        (
            "<opml><body>",
            " as OPML: no element found: line 1, column 12. Export it again from the reader of feeds.",
        ),
    ],
    ids=["empty", "a feed itself", "entities", "deep", "cut short"],
)
def test_what_is_no_opml_is_told(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        of(tmp_path, text)

    assert str(refused.value) == f"cannot read {tmp_path}/feeds.opml{message}"


def test_subscriptions_without_a_feed_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        of(tmp_path, "<opml><body><outline text='a'/></body></opml>")

    assert str(refused.value) == (
        f"{tmp_path}/feeds.opml names no feed. Export the subscriptions as OPML from the reader of feeds."
    )


def test_a_mistyped_name_is_matched(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").touch()

    with pytest.raises(InputError) as refused:
        feeds_in(tmp_path / "feed.opml")

    assert str(refused.value) == (
        f"cannot read {tmp_path}/feed.opml: no such file or directory. Did you mean 'feeds.opml'?"
    )
