"""A desk to run digests at: a folder with settings and pages, a clock that stands still, and what was said."""

import datetime as dt
import http.server
import json
import threading
from contextlib import contextmanager
from pathlib import Path

from publisher.automation.digest import run
from publisher.automation.digest.outcome import Outcome
from publisher.automation.digest.rehearsal import rehearse
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.week import parse_week
from publisher.checking import Report
from publisher.config import load_settings
from publisher.confinement.jobs import JOBS
from publisher.model import Finding

NOW = dt.datetime(2026, 3, 23, 5, 17, tzinfo=dt.timezone(dt.timedelta(hours=7)))
"""The Monday after week 12."""

PLAIN = """\
[shelf]
folder = "shelf"

[policy]
checks = "none"

[theme]
name = "bare"
folders = ["themes"]

[files]
cache = "cache"
"""
"""With a theme whose e-books have no cover, which takes longer to draw than all the rest."""

SETTINGS = (
    """\
[series]
title = "Tuần tin Lam Châu"
name = "lam-chau"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"

[[sources]]
from = "pages/{week}"

[[outputs]]
file = "lam-chau-{week}.epub"

"""
    + PLAIN
)

BODIES = {
    "Cầu Bến Lụa hợp long": (
        "Sáng nay hai nửa cầu Bến Lụa gặp nhau giữa sông Mây trước hàng trăm người dân hai bờ.",
        "Cầu dài 1.240 mét, rộng 17,5 mét, thay bến phà đã chạy từ năm 1978.",
    ),
    "Sếu về bãi Cồn Muối": (
        "Đoàn kiểm đếm ghi được 214 con sếu đầu đỏ ở bãi Cồn Muối, nhiều nhất trong mười năm.",
        "Kiểm lâm Lò Văn Pha nói nước ngọt giữ lại được từ tháng giêng nên cỏ năn mọc dày.",
    ),
    "Làng lụa nhuộm lại màu vỏ sú": (
        "Bà Cầm Thị Nhài và mười bốn hộ ở làng Vạn Tơ lại nấu vỏ sú để nhuộm lụa.",
        "Mỗi mẻ 60 cân vỏ cho chừng 35 mét lụa nâu, phơi ba nắng mới lên màu.",
    ),
    "Trạm y tế đảo Hòn Trầm mổ cấp cứu trong bão": (
        "Bác sĩ Ngô Quang Thứ mổ ruột thừa cho một ngư dân dưới sự chỉ dẫn qua màn hình từ đất liền.",
        "Biển động cấp 8, tàu không ra được, ca mổ xong lúc 3 giờ 40 sáng.",
    ),
    "Thuyền sách ngược sông Mây": (
        "Chiếc thuyền gỗ của thầy giáo Đinh Công Tạo chở 3.200 cuốn sách lên bảy bản thượng nguồn.",
        "Trẻ con bản Nà Ngần đợi ở bến từ năm giờ sáng, mỗi em được mượn hai cuốn.",
    ),
}


def page(headline: str, day: str, *, related: str | None = None, extra: str | None = None) -> str:
    """One of our pages as Markdown with front matter."""
    paragraphs = [*BODIES[headline], *([extra] if extra else [])]
    teasers = f"related:\n  - {related}\n" if related else ""
    matter = f"---\ntitle: {headline}\ndate: {day}\nurl: {address(headline)}\n{teasers}---\n\n"
    return matter + "\n\n".join(paragraphs) + "\n"


def address(headline: str) -> str:
    return f"https://lamchau.example/{list(BODIES).index(headline) + 1}"


class Desk:
    """Where digests are made; without ``settings``, with those that are there."""

    def __init__(self, folder: Path, settings: str | None = SETTINGS) -> None:
        self.folder = folder
        bare = folder / "themes" / "bare"
        bare.mkdir(parents=True, exist_ok=True)
        (bare / "theme.toml").write_text(
            'summary = "Bare"\n[documents]\nprint = ["articles"]\nebook = ["contents", "articles", "appendix"]\n'
        )
        self.events = []
        self.jobs = JOBS
        if settings is not None:
            self.configure(settings)

    def configure(self, settings: str) -> None:
        (self.folder / "digest.toml").write_text(settings, encoding="utf-8")

    @property
    def shelf(self) -> Path:
        return self.folder / "shelf"

    def issue(self, week: str) -> Path:
        return self.shelf / "issues" / week

    def proof(self, week: str) -> dict:
        return json.loads((self.issue(week) / "issue.json").read_bytes())

    def headlines(self, week: str) -> list[str]:
        return [article["headline"] for article in self.proof(week)["articles"]]

    def put(self, week: str, name: str, text: str) -> Path:
        path = self.folder / "pages" / week / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def surroundings(self, now: dt.datetime = NOW) -> Surroundings:
        return Surroundings(home=self.folder, clock=lambda: now, listener=self.events.append, jobs=self.jobs)

    def run(self, week: str | None = None, now: dt.datetime = NOW, *, rebuild: bool = False) -> Outcome:
        self.events.clear()
        settings = load_settings(self.folder / "digest.toml")
        return run(settings, self.surroundings(now), parse_week(week) if week else None, rebuild=rebuild)

    def rehearse(self, week: str | None = None, now: dt.datetime = NOW) -> tuple[Outcome, list[str]]:
        settings = load_settings(self.folder / "digest.toml")
        outcome, chosen = rehearse(settings, self.surroundings(now), parse_week(week) if week else None)
        return outcome, [article.headline for article in chosen.articles]

    def files(self) -> dict[str, bytes]:
        """All that readers can see, by path."""
        return {
            path.relative_to(self.shelf).as_posix(): path.read_bytes()
            for path in sorted(self.shelf.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }


class Answers:
    """A memo that holds one report, of these findings, and what was asked of it."""

    def __init__(self, *findings: Finding) -> None:
        self.report = Report(summary="EPUB 3.3", findings=findings)
        self.asked = []

    def keep(self, kind: str, of: type, made_of: object, make: object) -> Report:
        self.asked.append((kind, of, made_of))
        return self.report


@contextmanager
def feed_server(answers: dict[str, list[bytes] | bytes | None]):
    """A server on this machine: each path gives its answer, of several the next each time; ``None`` never answers."""
    released = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, b"")
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if answer is None:
                released.wait(30)
                return
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def feed(*items: tuple[str, str]) -> bytes:
    """An RSS feed of our articles, each a headline and a day such as ``Tue, 17 Mar 2026``."""

    def entry(headline: str, day: str) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in BODIES[headline])
        return (
            f"<item><title>{headline}</title><link>{address(headline)}</link><pubDate>{day} 08:00:00 +0700</pubDate>"
            f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )

    entries = "".join(entry(headline, day) for headline, day in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Báo Lam Châu</title>'
        f"<link>https://lamchau.example/</link><language>vi</language>{entries}</channel></rss>"
    ).encode()
