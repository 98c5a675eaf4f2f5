"""An outlet's profile adds its words to the shipped ones, for its own pages alone; a faulty one says what and where."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publisher.errors import InputError
from publisher.model import Article, Figure, Reading, Source, Subheading, plain
from publisher.pipeline import Means, OutletProfiles, load_profiles
from publisher.pipeline.readings import read_all
from publisher.reading import OutletProfile, parse_profile, profile_for, read
from publisher.reading.vocabulary import CaptionWords, PageWords, vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from tests.cli.running import run

PAGE = """\
Phiên chợ nổi mở lại sau mùa lũ

Kéo bởi Thu Hà

Sau bốn tháng vắng bóng thuyền, phiên chợ nổi ven sông Trẹm họp lại từ rạng sáng 12/11/2025 với hơn trăm ghe.

Người bán đến từ ba huyện, mang theo khóm, bí rợ và cá khô. Giá không cao hơn năm ngoái, theo các tiểu thương.

Nghe giọng đọc phương Nam

Ban quản lý chợ cho biết sẽ giữ lối đi riêng cho thuyền du lịch để không cản trở việc mua bán của bà con.

Một ghe khóm cập bến chợ lúc năm giờ sáng. Máy của Lê Vinh

Theo kế hoạch, mỗi tuần chợ họp ba phiên cho đến Tết, sau đó tùy con nước mà tăng hoặc giảm số phiên.

Bàn tròn bên ấm trà

Làng chiếu Định Yên vào mùa cói

Xưởng đóng ghe cuối cùng của cù lao Dài
"""

PROFILE = b"""\
hosts = ["ben-song.example"]

[labels]
exact = ["B\xc3\xa0n tr\xc3\xb2n b\xc3\xaan \xe1\xba\xa5m tr\xc3\xa0"]

[furniture]
starts = ["nghe gi\xe1\xbb\x8dng \xc4\x91\xe1\xbb\x8dc"]

[captions]
credits = ["M\xc3\xa1y c\xe1\xbb\xa7a"]

[bylines]
openers = ["K\xc3\xa9o b\xe1\xbb\x9fi"]
"""


def source(text: str = PAGE, name: str = "cho-noi.txt", url: str | None = None) -> Source:
    return Source(name=name, data=text.encode(), url=url)


def article(reading: Reading) -> Article:
    (found,) = reading.articles
    return found


def subheadings(found: Article) -> list[str]:
    return [plain(block.inlines) for block in found.body if isinstance(block, Subheading)]


def credits_of(found: Article) -> list[str | None]:
    return [block.credit for block in found.body if isinstance(block, Figure)]


@pytest.fixture
def profile() -> OutletProfile:
    return parse_profile(PROFILE, "ben-song.toml")


def test_the_words_of_a_profile_are_read_as_what_it_calls_them(profile: OutletProfile) -> None:
    found = article(read(source(), profile))

    assert found.bylines == ("Thu Hà",)
    assert subheadings(found) == []
    assert credits_of(found) == ["Lê Vinh"]
    assert {(teaser.section, teaser.headline) for teaser in found.related} == {
        ("Bàn tròn bên ấm trà", "Làng chiếu Định Yên vào mùa cói"),
        ("Bàn tròn bên ấm trà", "Xưởng đóng ghe cuối cùng của cù lao Dài"),
    }


def test_without_it_each_of_them_is_misread() -> None:
    found = article(read(source()))

    assert found.bylines == ()
    assert "Nghe giọng đọc phương Nam" in subheadings(found)
    assert credits_of(found) == [None]
    assert {teaser.section for teaser in found.related} != {"Bàn tròn bên ấm trà"}


def test_a_profile_leaves_no_trace_in_what_is_read_after_it(profile: OutletProfile) -> None:
    before = read(source())
    with_profile = read(source(), profile)

    assert read(source()) == before != with_profile
    assert read(source(), profile) == with_profile


def test_a_profile_that_says_nothing_changes_nothing() -> None:
    assert read(source(), OutletProfile()) == read(source())


def test_two_pages_read_at_once_have_each_their_own_profile(profile: OutletProfile) -> None:
    profiles = [profile, None] * 8
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda used: read(source(), used), profiles))

    assert readings == [read(source(), used) for used in profiles]


def test_the_caches_of_names_and_credits_keep_profiles_apart(profile: OutletProfile) -> None:
    own, other = vocabulary(profile), vocabulary(OutletProfile(captions=CaptionWords(credits=("Bấm máy",))))

    assert [parse_byline("Kéo bởi: Thu", known) is None for known in (own, other, vocabulary())] == [False, True, True]
    assert [
        [caption_credit(f"Ghe khóm cập bến. {credit}", known) for known in (own, other, vocabulary())]
        for credit in ("Máy của Lê Vinh", "Bấm máy: Lê Vinh")
    ] == [["Lê Vinh", None, None], [None, "Lê Vinh", None]]


def test_a_label_of_advertisements_is_a_label_and_marks_its_teasers() -> None:
    text = PAGE.replace("Bàn tròn bên ấm trà", "Nhịp cầu doanh thương")
    profile = parse_profile('[sponsored]\nlabels = ["Nhịp cầu doanh thương"]'.encode(), "p.toml")

    found = article(read(source(text), profile))

    assert [teaser.sponsored for teaser in found.related if teaser.section == "Nhịp cầu doanh thương"] == [True, True]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://ben-song.example/cho-noi.html", "ben-song.example"),
        ("https://www.BEN-SONG.example:8443/", "ben-song.example"),
        ("https://tre.ben-song.example/a", "tre.ben-song.example"),
        ("https://m.tre.ben-song.example/a", "tre.ben-song.example"),
        ("https://báo.example/a", "báo.example"),
        ("https://xn--bo-mia.example/a", "báo.example"),
        ("https://hai-ben-song.example/", None),
        ("https://example/", None),
        ("https://[broken/", None),
        ("tel:0123", None),
        (None, None),
    ],
)
def test_a_profile_is_found_by_the_host_that_it_names_most_closely(url: str | None, host: str | None) -> None:
    profiles = {
        named: parse_profile(f'hosts = ["{named}"]'.encode(), "p.toml")
        for named in ("ben-song.example", "tre.ben-song.example", "báo.example")
    }

    assert profile_for(profiles.values(), url) == (None if host is None else profiles[host])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[labels]\nexact = ["Xem"]\n\n[furnitur]\nexact = ["Nghe"]',
            "the profile p.toml has an unknown key in line 4: furnitur. Did you mean 'furniture'?",
        ),
        (
            '[captions]\ncredit = ["Máy"]',
            "the profile p.toml has an unknown key in line 2: captions.credit. Did you mean 'credits'?",
        ),
        (
            'captions.credit = ["Máy"]',
            "the profile p.toml has an unknown key in line 1: captions.credit. Did you mean 'credits'?",
        ),
        (
            '[furniture]\ncontains = ["Nghe"]',
            "the profile p.toml has a key that no rule looks up in line 2: furniture.contains. Use imprint.contains.",
        ),
        (
            '[labels]\nexact = "Xem"',
            "the profile p.toml cannot be used: Expected `array`, got `str` - at `$.labels.exact`. "
            "Give lists of texts in quotes.",
        ),
        (
            'labels = ["Xem"]',
            "the profile p.toml cannot be used: Expected `object`, got `array` - at `$.labels`. "
            "Give lists of texts in quotes.",
        ),
        (
            'summaries = ["Ý chính", "…"]',
            "the profile p.toml cannot be used: summaries has an entry without a word, '…'. Remove it.",
        ),
        (
            '[furniture]\nstarts = [" "]',
            "the profile p.toml cannot be used: furniture.starts has an entry without a word, ' '. Remove it.",
        ),
        (
            'hosts = ["https://ben-song.example/"]',
            "the profile p.toml cannot be used: 'https://ben-song.example/' is no host. "
            "Give the host alone, as in 'bao.example'.",
        ),
        (
            "hosts = [",
            "the profile p.toml is not valid TOML: Invalid value (at end of document). Mend it there.",
        ),
        (
            "a" * 300_000,
            "the profile p.toml is larger than 256 KiB. Is it the right file?",
        ),
    ],
)
def test_a_faulty_profile_says_what_and_where(text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_profile(text.encode(), "p.toml")

    assert str(raised.value) == message


def test_a_profile_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        parse_profile("# Báo".encode("cp1252"), "p.toml")

    assert str(raised.value) == "the profile p.toml is not UTF-8. Save it in that encoding."


def test_a_fetched_page_is_read_with_the_profile_of_its_host(profile: OutletProfile) -> None:
    ours = source(url="https://ben-song.example/cho-noi")
    other = source(url="https://khac.example/cho-noi")

    readings, _ = read_all((ours, other), Means(), OutletProfiles(known=(profile,)))

    assert readings == (read(ours, profile), read(other))


def test_a_saved_page_is_read_with_the_profile_of_the_address_that_it_gives(profile: OutletProfile) -> None:
    saved = source(f"{PAGE}\nNguồn: https://ben-song.example/cho-noi\n")

    readings, _ = read_all((saved,), Means(), OutletProfiles(known=(profile,)))

    assert readings == (read(saved, profile),) != (read(saved),)


def test_the_chosen_profile_is_for_all_pages(profile: OutletProfile) -> None:
    other = source(url="https://khac.example/cho-noi")

    readings, _ = read_all((other,), Means(), OutletProfiles(chosen=profile))

    assert readings == (read(other, profile),)


def test_the_profiles_of_a_folder_are_loaded_and_a_missing_folder_has_none(
    tmp_path: Path, profile: OutletProfile
) -> None:
    (tmp_path / "ben-song.toml").write_bytes(PROFILE)
    (tmp_path / "notes.txt").write_text("no profile")

    assert load_profiles(folder=tmp_path) == OutletProfiles(known=(profile,))
    assert load_profiles(folder=tmp_path / "none") == OutletProfiles()
    assert load_profiles(tmp_path / "ben-song.toml", tmp_path / "none") == OutletProfiles(chosen=profile)


def test_two_profiles_for_one_host_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('hosts = ["bao.example"]')
    with pytest.raises(InputError) as raised:
        load_profiles(folder=tmp_path)

    a, b = tmp_path / "a.toml", tmp_path / "b.toml"
    assert str(raised.value) == f"the profiles {a} and {b} are both for bao.example. Remove one of them."


def test_the_commands_take_a_profile(tmp_path: Path) -> None:
    (tmp_path / "cho-noi.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "ben-song.toml").write_bytes(PROFILE)

    chosen = run("read", tmp_path / "cho-noi.txt", "--format", "json", "--outlet", tmp_path / "ben-song.toml")
    plain_reading = run("read", tmp_path / "cho-noi.txt", "--format", "json")
    book = run("compile", tmp_path / "cho-noi.txt", "-o", tmp_path / "x.epub", "--outlet", tmp_path / "ben-song.toml")

    assert (chosen.exit_code, plain_reading.exit_code, book.exit_code) == (0, 0, 0)
    assert '"bylines":["Thu Hà"]' in chosen.stdout
    assert '"bylines":[]' in plain_reading.stdout
    assert (tmp_path / "x.epub").is_file()


def test_your_own_profiles_are_found_by_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    outlets = tmp_path / "config" / "publisher" / "outlets"
    outlets.mkdir(parents=True)
    (outlets / "ben-song.toml").write_bytes(PROFILE)
    saved = tmp_path / "cho-noi.txt"
    saved.write_text(f"{PAGE}\nNguồn: https://ben-song.example/cho-noi\n", encoding="utf-8")

    result = run("read", saved, "--format", "json")

    assert result.exit_code == 0
    assert '"bylines":["Thu Hà"]' in result.stdout


def test_a_missing_profile_stops_the_command_with_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    result = run("brief", tmp_path / "page.txt", "-o", tmp_path / "x.pdf", "--outlet", missing)

    assert result.exit_code == 3
    assert result.stderr == f"publisher: cannot read the profile '{missing}': there is no such file. Check the name.\n"


def test_the_documented_profile_uses_every_key_and_is_valid() -> None:
    guide = Path(__file__).parents[3] / "docs" / "corrections.md"
    text = re.findall(r"```toml\n(hosts.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)[0]
    profile = parse_profile(text.encode(), "docs/corrections.md")

    unused = {
        f"{group}.{field}"
        for group in PageWords.__struct_fields__
        for field in getattr(getattr(profile, group), "__struct_fields__", ())
        if not getattr(getattr(profile, group), field)
    }
    assert profile.hosts
    assert profile.summaries
    # Those that no rule looks up, and what one example of a group shows as well as two.
    assert unused == {"labels.contains", "furniture.contains", "ends.contains", "imprint.exact", "ends.starts"}
