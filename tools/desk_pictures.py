"""Renews the pictures of the desk in docs/pictures: a real desk on a copy of examples/, in a real browser."""

import shutil
import tempfile
from pathlib import Path

from PIL import Image

from tests.desk.windows import desk, rendered, saved, until, view
from tests.validators import windows

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as work, windows() as browser:
        folder = Path(work) / "tuan-12"
        folder.mkdir()
        for page in (ROOT / "examples").glob("[0-9]*"):
            shutil.copy(page, folder)
        shutil.copytree(ROOT / "examples" / "pictures", folder / "pictures")
        (folder / "desk.toml").write_text('[issue]\ntitle = "Điểm tin tuần"\nsections = ["Trong tỉnh", "In English"]\n')
        with desk(folder) as address:
            context = browser.new_context(viewport=SIZE, locale="en")
            page = context.new_page()

            def shot(name: str) -> None:
                page.wait_for_timeout(1000)  # What was decided last is on its way to the engine.
                rendered(page)
                until(page, "document.querySelector('.sheet img')?.naturalWidth > 0")
                until(page, "!document.body.innerText.includes('new ones are being made')")
                page.wait_for_timeout(400)  # Pages fade into the place of others.
                path = Path(work) / f"{name}.png"
                page.screenshot(path=path)
                with Image.open(path) as opened:
                    few = opened.convert("RGB").quantize(256, dither=Image.Dither.NONE)
                    few.save(PICTURES / f"{name}.png", optimize=True)

            page.goto(address)
            until(page, "document.querySelectorAll('.card h3 a').length === 8 && document.querySelector('.sheet img')")
            shot("desk-articles")
            page.locator(".card h3 a").first.click()
            page.locator(".line.r-standfirst").first.click()
            shot("desk-lines")
            view(page, "issue")
            for place in (5, 6):
                page.locator("select[id^='section-']").nth(place).select_option("In English")
                saved(page)
            shot("desk-issue")
            page.emulate_media(color_scheme="dark")
            view(page, "export")
            shot("desk-export")
            context.close()


if __name__ == "__main__":
    main()
