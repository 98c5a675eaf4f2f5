"""Commands run in the test's own process, and pages to run them on."""

import signal
from pathlib import Path

from click.testing import CliRunner, Result

from publisher.cli import cli

PAGE = """\
Cầu Ngòi Thia thông xe sau ba năm thi công

Cây cầu thứ ba nối hai bờ thành phố mở cho xe từ sáng nay, sớm hơn kế hoạch hai tháng.

Sáng 17/10/2025, hàng trăm người dân hai bờ đã đến xem cây cầu mới trước giờ thông xe. Đoàn xe đầu tiên gồm mười hai \
chiếc xe buýt của thành phố.

Cầu dài 1.250 m, rộng 22,5 m, hết 2.300 tỷ đồng. Theo ban quản lý, trụ giữa sông phải khoan sâu thêm mười bốn mét.

Đường dẫn phía bắc sẽ xong trong quý sau, khi đó xe tải cũng được qua cầu vào ban ngày.

Minh Quân
"""

ODD = PAGE.replace("17/10/2025", "17/10").replace("trong quý sau", "vào ngày 20/11/2025")
"""A date without a year, and another that gives it: read, with a problem."""


def run(*arguments: object, data: bytes | None = None) -> Result:
    """The outcome of one command; its exceptions other than exits are raised."""
    runner = CliRunner()
    result = runner.invoke(cli, [str(argument) for argument in arguments], input=data, prog_name="publisher")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def interruptible() -> None:
    """For a child before it becomes the command: SIGINT ends it, even if the suite itself ignores that.

    A shell without job control lets what it starts in the background ignore SIGINT, and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def page(folder: Path, text: str = PAGE, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def bare_theme(folder: Path) -> Path:
    """A theme whose e-books have no cover, which takes longer to draw than all the rest."""
    path = folder / "bare"
    path.mkdir()
    documents = '[documents]\nprint = ["articles"]\nebook = ["contents", "articles"]\n'
    (path / "theme.toml").write_text(f'summary = "Bare."\n{documents}', encoding="utf-8")
    return path


def listing(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder, by name: the bytes of files, ``None`` for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
