"""Files of ours to be spoilt: each made once, through the pipeline, by the shipped themes."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from publisher.model import IssuePlan
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.writing.pdf import PressOptions

ARTICLE = """\
---
headline: Ba xã ven sông Mây dùng chung một trạm bơm
standfirst: Sau hai năm bàn bạc, trạm bơm Đồng Quạ phục vụ 1.240 ha lúa của ba xã, thay bảy trạm nhỏ đã cũ.
bylines: [Lò Thị Mai]
published: 2026-03-19
url: https://example.org/tram-bom
language: vi
---

Sáng 18/3, trạm bơm Đồng Quạ chạy thử với ba tổ máy. Nước từ sông Mây lên kênh chính sau bốn phút, rồi chia về ba xã.

![Trạm bơm nhìn từ bờ kênh, ba ống hút màu xám](tram.png)

## Vì sao phải gộp

Bảy trạm cũ mỗi nơi một kiểu máy. Xem [biên bản họp](https://example.org/bien-ban) của ba xã.

- Xã Đông Khê góp 12% kinh phí.
- Xã Vĩnh Lam góp đất.

| Xã | Diện tích |
| --- | --- |
| Đông Khê | 410 ha |
| Vĩnh Lam | 830 ha |

### Ai trông trạm

> Nước về đúng lịch là chúng tôi yên tâm xuống giống.
"""

LONG = " ".join(
    f"Tổ vận hành số {number} trực {number + 1} giờ mỗi ngày, ghi mực nước và báo về xã trước khi đóng cống."
    for number in range(1, 60)
)
SHIPPED = (
    "base",
    "brief",
    "compilation",
    "decree30",
    "diem-bao",
    "gazette",
    "large-print",
    "mot-trang",
    "party",
    "tuan-bao",
)


@functools.cache
def article() -> Path:
    """An article of two pages with every kind of block and a picture that is sharp enough for print."""
    folder = Path(tempfile.mkdtemp(prefix="publisher-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Image.linear_gradient("L").resize((2200, 1375)).convert("RGB").save(folder / "tram.png")
    (folder / "bai.md").write_text(f"{ARTICLE}\n{LONG[:2000]}\n", encoding="utf-8")
    return folder / "bai.md"


@functools.cache
def made(suffix: str, theme: str, *, many: bool = False, press: bool = False, first: str = "") -> bytes:
    """The file that a theme makes of the article, or of it and a longer one; for screens, or for a press.

    ``first`` are the words of one that stands before them.
    """
    page = article()
    sources = [str(page)]
    if first:
        before = page.with_name("truoc.md")
        before.write_text(f"---\nheadline: Tin đứng trước\nlanguage: vi\n---\n\n{first}\n", encoding="utf-8")
        sources.insert(0, str(before))
    if many:
        second = page.with_name("dai.md")
        paragraphs = "\n\n".join(LONG[start : start + 2600] for start in range(0, len(LONG), 2600))
        second.write_text(f"---\nheadline: Lịch trực trạm bơm\nlanguage: vi\n---\n\n{paragraphs}\n", encoding="utf-8")
        sources.append(str(second))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made{suffix}"
        publish(
            Request(
                references=tuple(sources),
                edition=Edition(
                    outputs=outputs_for([path], PressOptions() if press else None),
                    theme=theme,
                    options={"flow": "each"},
                ),
                plan=IssuePlan(title="Tin trạm bơm"),
            )
        )
        return path.read_bytes()


@pytest.fixture(params=SHIPPED)
def theme(request: pytest.FixtureRequest) -> str:
    """Each shipped theme."""
    return request.param
