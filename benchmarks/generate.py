"""Generated article pages to measure with: ``python benchmarks/generate.py FOLDER --articles 10 --pictures``.

Page ``n`` is the same on every machine and in every set, however many there are. The words are Vietnamese and say
nothing; what counts is that a page has the length, the letters and the mess of the page that the project began with.
"""

import argparse
import random
import unicodedata
from collections.abc import Iterable
from pathlib import Path

PARAGRAPHS = 15
RELATED = 3
TEASERS = 14
SHARED_TEASERS = 4
"""Of a page's teasers, how many come from a pool that all pages draw from, as lists of most read pages do."""

POOL = 60
PICTURES = 2
MENU = 60
"""How many lines the menu of a saved page has, above the article and below."""

PICTURE_SIZE = (1200, 800)

# No word that Vietnamese writes with a capital within a name: run-together headlines are told apart by their capitals.
_SUBJECTS = """tiểu thương chợ huyện|tổ hợp tác nuôi ong|nhóm kỹ sư trẻ|các hộ trồng sen|đội cứu hộ bãi biển|lớp nghề|
hợp tác xã muối|các xã ven sông|trạm khuyến nông|bệnh viện huyện|nhóm người cao tuổi|xưởng đóng thuyền|
thư viện lưu động|câu lạc bộ nữ ngư dân|phòng thí nghiệm nước|nhóm thanh niên|chủ vựa trái cây|làng gốm|
bến xe liên tỉnh|vườn quốc gia"""
_ACTIONS = """đã lắp đặt|vừa đưa vào sử dụng|đang chạy thử|sẽ mở rộng|quyết định giữ lại|bắt đầu thay thế|
kiểm kê xong|đề nghị sửa chữa|công bố kết quả đo|góp vốn mua|học cách vận hành|chia đều|ghi chép hằng ngày|
từ chối nhận thêm"""
_OBJECTS = """hệ thống lọc nước|giàn phơi bằng lưới|mười hai cây cầu nhỏ|bản đồ ngập|máy sấy chạy điện mặt trời|
đường ống dẫn nước ngọt|lịch con nước|kho lạnh dùng chung|lớp học buổi tối|bộ cảm biến độ ẩm|đội xe điện|
giống lúa cao cây|quỹ tiết kiệm của thôn|tuyến kè mềm|sân phơi xi măng|chuồng nuôi cách ly|sổ tay nghề nghiệp|
trạm đo mưa tự động"""
_CIRCUMSTANCES = """ngay trong mùa khô|trước khi nước lên|theo đề nghị của người dân|với sự giúp đỡ của các trường|
sau ba lần thử không thành|dù kinh phí còn eo hẹp|ở cả hai bờ sông|để kịp vụ thu hoạch|khi đường còn chưa mở|
nhờ số liệu cũ|mà không tăng giá dịch vụ|như đã hứa từ năm ngoái|trên phần đất bỏ hoang|
cùng lúc với các xã lân cận|bất chấp thời tiết"""
_OPENINGS = """Theo thống kê ban đầu|Cũng trong dịp này|Ở chiều ngược lại|Điều đáng nói là|Từ kinh nghiệm ấy|
Trên thực tế|Đến cuối quý|Trong khi đó|Nhìn rộng ra|Về lâu dài|Không dừng ở đó|Trước mắt|Nói cách khác"""
_PLACES = "Bàu Sen|Cồn Vẹt|Đá Trắng|Gò Sỏi|Hố Nai Hạ|Kẻ Giang|Lũng Khế|Mương Đào|Nà Phượng|Rạch Ổi|Vịnh Ốc|Xóm Dừa"
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Vũ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Phan"
_MIDDLES = "Thị|Văn|Minh|Ngọc|Hữu|Thanh|Quỳnh|Đức|Thùy|Bảo"
_GIVENS = "Ánh|Bằng|Cẩm|Dũng|Giang|Hạnh|Khuê|Lĩnh|Mẫn|Nhạn|Oanh|Phước|Quế|Sương|Thụy|Uyên|Vỹ|Xuyến|Yến"
_CONSONANTS = "bcdđghklmnpqrstvx"
_SECTIONS = ("Nên xem", "Tin khác")


def _choices(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", "").split("|")]


SUBJECTS, ACTIONS, OBJECTS, CIRCUMSTANCES, OPENINGS, PLACES, FAMILIES, MIDDLES, GIVENS = map(
    _choices, (_SUBJECTS, _ACTIONS, _OBJECTS, _CIRCUMSTANCES, _OPENINGS, _PLACES, _FAMILIES, _MIDDLES, _GIVENS)
)


class Words:
    """Sentences and headlines from one stream of dice."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)

    def person(self) -> str:
        """A full name."""
        return " ".join(map(self.dice.choice, (FAMILIES, MIDDLES, GIVENS)))

    def figure(self) -> str:
        """A quantity as newspapers write it."""
        dice = self.dice
        return dice.choice(
            (
                f"{dice.randint(2, 96)},{dice.randint(1, 9)}%",
                f"{dice.randint(1, 98)}.{dice.randint(100, 999)} m3",
                f"hơn {dice.randint(3, 900)} tỷ đồng",
                f"{dice.randint(12, 99)}/{dice.randint(100, 160)} hộ",
                f"gần {dice.randint(2, 9)},{dice.randint(1, 9)} triệu lượt",
            )
        )

    def clause(self) -> str:
        """A subject, what it does, to what, and under which circumstance."""
        parts = [self.dice.choice(each) for each in (SUBJECTS, ACTIONS, OBJECTS, CIRCUMSTANCES)]
        return f"{parts[0]} ở {self.dice.choice(PLACES)} {' '.join(parts[1:])}"

    def sentence(self) -> str:
        """A sentence of twenty to fifty words."""
        match self.dice.randrange(4):
            case 0:
                text = f"{self.dice.choice(OPENINGS)}, {self.clause()}, tương đương {self.figure()}"
            case 1:
                text = f'Bà {self.person()} cho biết: "{_capital(self.clause())}, còn {self.clause()}"'
            case 2:
                text = f"{self.clause()} với {self.figure()}, trong lúc {self.clause()}"
            case _:
                text = f"{self.clause()}; {self.clause()}"
        return f"{_capital(text)}."

    def paragraph(self, shortest: int = 3, longest: int = 6) -> str:
        """A few sentences."""
        return " ".join(self.sentence() for _ in range(self.dice.randint(shortest, longest)))

    def headline(self) -> str:
        """A headline of ten to twenty words that ends in no name, so that run-together ones can be told apart."""
        dice = self.dice
        return _capital(
            f"{dice.choice(SUBJECTS)} {dice.choice(ACTIONS)} {dice.choice(OBJECTS)} {dice.choice(CIRCUMSTANCES)}"
        )


class Dialect(Words):
    """The same with consonants exchanged for others: words that no other page has, as it is with other news."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        others = list(_CONSONANTS)
        random.Random(f"dialect of {seed}").shuffle(others)
        shuffled = "".join(others)
        self._exchange = str.maketrans(_CONSONANTS + _CONSONANTS.upper(), shuffled + shuffled.upper())

    def person(self) -> str:
        """A full name."""
        return super().person().translate(self._exchange)

    def sentence(self) -> str:
        """A sentence of twenty to fifty words."""
        return super().sentence().translate(self._exchange)

    def headline(self) -> str:
        """A headline of ten to twenty words."""
        return super().headline().translate(self._exchange)


def scraped_page(number: int) -> str:
    """Page ``number`` as a scraper leaves it."""
    words = Words(f"page {number}")
    headline, lines = words.headline(), []
    related = " ".join(words.headline() for _ in range(RELATED))
    lines += [headline, "", words.sentence(), related, ""]
    with_picture = {2, 7}
    for at in range(PARAGRAPHS):
        opening = f"Sáng {number % 27 + 1}/3, tại {words.dice.choice(PLACES)}, " if at == 0 else ""
        text = words.paragraph()
        lines += [f"{opening}{text[0].lower()}{text[1:]}" if opening else text, ""]
        if at in with_picture:
            lines += [headline, f"{words.sentence()} Ảnh: {words.person()}", ""]
    lines += [words.person(), "", "Có thể bạn quan tâm", ""]
    pool = words.dice.sample(range(POOL), SHARED_TEASERS)
    for at in range(TEASERS):
        if at % (TEASERS // len(_SECTIONS)) == 0:
            lines += [_SECTIONS[at // (TEASERS // len(_SECTIONS))], ""]
        teaser = Words(f"pool {pool[at]}") if at < SHARED_TEASERS else words
        other = teaser.headline()
        # The last teaser's year is the evidence for that of the article's first line.
        day = "Đến hết ngày 20/3/2026, " if at == TEASERS - 1 else ""
        lines += [other, "", other, "", f"{day}{teaser.sentence()}"]
    lines += ["Xem thêm", "Phiên bản di động", ""]
    return unicodedata.normalize("NFC", "\n".join(lines))


def markdown_page(number: int) -> str:
    """Page ``number`` as Markdown with front matter and ``PICTURES`` pictures."""
    words = Words(f"page {number}")
    matter = [
        "---",
        f"headline: {words.headline()}",
        f"standfirst: '{words.sentence()}'",
        f"author: {words.person()}",
        f"date: 2026-03-{number % 27 + 1:02}",
        "language: vi",
        "related:",
        *(f"  - {{section: {_SECTIONS[0]}, headline: '{words.headline()}'}}" for _ in range(RELATED)),
        "---",
    ]
    lines = []
    for at in range(PARAGRAPHS):
        if at % 5 == 2 and at // 5 < PICTURES:
            name = picture_name(number, at // 5)
            lines += [f"![{words.sentence()}](pictures/{name})", f"{words.sentence()} Ảnh: {words.person()}", ""]
        lines += [words.paragraph(), ""]
    return unicodedata.normalize("NFC", "\n".join([*matter, "", *lines]))


def saved_page(number: int) -> str:
    """Page ``number`` as a browser saves it, with ``PICTURES`` pictures: what outlets put around an article included.

    Its words are in a dialect of its own, so that no two pages can be taken for reports of one story.
    """
    words = Dialect(f"page {number}")
    headline, day = words.headline(), f"2026-03-{number % 27 + 1:02}"
    menu = "".join(f'<li><a href="/{at}/">{words.dice.choice(PLACES)}</a></li>' for at in range(MENU))
    beside = "".join(
        f'<li><a href="/{number}/{at}.html"><img src="data:," alt=""/><h3>{words.headline()}</h3></a></li>'
        for at in range(TEASERS)
    )
    body = []
    for at in range(PARAGRAPHS):
        if at % 5 == 2 and at // 5 < PICTURES:
            body.append(
                f'<figure><img src="pictures/{picture_name(number, at // 5)}" alt="{words.clause()}"/>'
                f"<figcaption>{words.sentence()} Ảnh: {words.person()}</figcaption></figure>"
            )
        body.append(f"<p>{words.paragraph()}</p>")
    return unicodedata.normalize(
        "NFC",
        f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"/><title>{headline}</title>
<link rel="canonical" href="https://bao-do-dac.example/{number}.html"/>
<meta property="og:title" content="{headline}"/><meta property="og:type" content="article"/>
<meta property="article:published_time" content="{day}T08:00:00+07:00"/><meta name="author" content="{words.person()}"/>
<style>body {{ font: 18px/1.5 serif }}</style><script>window.dataLayer = [];</script></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{headline}</h1><p class="sapo">{words.sentence()}</p>
{chr(10).join(body)}
</article>
<section class="related"><h2>{_SECTIONS[0]}</h2><ul>{beside}</ul></section></main>
<footer><ul>{menu}</ul></footer></body></html>
""",
    )


def picture_name(number: int, which: int) -> str:
    """The file name of one of a page's pictures."""
    return f"{number:04}-{which + 1}.jpg"


def write_pages(folder: Path, count: int, *, pictures: bool = False) -> Path:
    """Fill ``folder`` with ``count`` pages, scraped text, or Markdown with pictures; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        page = markdown_page(number) if pictures else scraped_page(number)
        (folder / f"{number:04}{'.md' if pictures else '.txt'}").write_text(page, encoding="utf-8")
    if pictures:
        _draw_pictures(folder / "pictures", range(1, count + 1))
    return folder


def write_saved_pages(folder: Path, count: int) -> Path:
    """Fill ``folder`` with ``count`` saved web pages and their pictures; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        write_saved_page(folder, number)
    return folder


def write_saved_page(folder: Path, number: int) -> None:
    """Put the saved web page of that number and its pictures into ``folder``."""
    (folder / f"{number:04}.html").write_text(saved_page(number), encoding="utf-8")
    _draw_pictures(folder / "pictures", (number,))


def _draw_pictures(folder: Path, numbers: Iterable[int]) -> None:
    """Pictures that no encoder can make small: soft colours under grain, about 150 kB each, all different."""
    from PIL import Image

    folder.mkdir(exist_ok=True)
    for number in numbers:
        for which in range(PICTURES):
            dice = random.Random(f"picture {number} {which}")
            soft = Image.frombytes("RGB", (9, 6), dice.randbytes(9 * 6 * 3)).resize(
                PICTURE_SIZE, Image.Resampling.BICUBIC
            )
            width, height = PICTURE_SIZE[0] // 2, PICTURE_SIZE[1] // 2
            grain = Image.frombytes("L", (width, height), dice.randbytes(width * height)).resize(PICTURE_SIZE)
            Image.blend(soft, grain.convert("RGB"), 0.12).save(folder / picture_name(number, which), quality=82)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def main() -> None:
    """Write pages where the command line says."""
    parser = argparse.ArgumentParser(description="Write generated article pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument("--pictures", action="store_true", help="Markdown with two pictures a page")
    given = parser.parse_args()
    write_pages(given.folder, given.articles, pictures=given.pictures)


if __name__ == "__main__":
    main()
