"""The desk in a real browser: the first visit, and a stranger's page."""

import pytest

from tests.desk.copied import TOPICS, pasted
from tests.desk.windows import COUNTING, VIEWS, desk, rendered, until, view, violations, window
from tests.validators import windows


@pytest.fixture(scope="module")
def browser():
    with windows() as opened:
        yield opened


def test_five_files_are_a_pdf_after_at_most_eight_clicks(browser, tmp_path):
    for topic in TOPICS:
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{topic[1]}.txt").write_text(pasted(*topic), encoding="utf-8")
    (tmp_path / "desk").mkdir()
    with desk(tmp_path / "desk") as address:
        context = browser.new_context(locale="en", accept_downloads=True)
        context.add_init_script(COUNTING)
        page = context.new_page()
        page.goto(address)
        with page.expect_file_chooser() as chooser:
            page.click("#bring-files")
        chooser.value.set_files(sorted((tmp_path / "in").iterdir()))
        until(page, "document.querySelectorAll('.card h3 a').length === 5")
        page.get_by_role("link", name="Export").click()
        page.click("#export")
        with page.expect_download(timeout=120_000) as download:
            page.click(".made a[download]")

        assert download.value.path().read_bytes().startswith(b"%PDF-")
        assert page.evaluate("window.clicks") <= 8
        context.close()


@pytest.mark.campaign
def test_no_view_of_an_empty_folder_breaks_a_rule_of_accessibility(browser, tmp_path):
    with window(browser, tmp_path, "vi") as page:
        page.wait_for_selector(".empty")
        found = {}
        for name in VIEWS:
            view(page, name)
            found[name] = violations(page)

        assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.campaign
def test_who_has_no_pages_is_offered_the_examples(browser, tmp_path):
    with window(browser, tmp_path, "vi") as page:
        page.get_by_role("button", name="Thử với các bài mẫu").click()
        until(page, "document.querySelectorAll('.card').length === 8")
        title = page.get_by_role("button", name="Hoàn tác").get_attribute("title")
        page.keyboard.press("Control+z")
        until(page, "document.querySelectorAll('.card').length === 0")

        assert title == "Hoàn tác: việc đưa các bài mẫu vào"


@pytest.mark.campaign
def test_a_window_that_only_looks_on_learns_of_doubles_and_of_pages(browser, tmp_path):
    words = pasted(*TOPICS[0])
    (tmp_path / "cau.txt").write_text(words, encoding="utf-8")
    (tmp_path / "cau-2.txt").write_text(f"{words}\n\nCon đường lên cầu mở cùng ngày.\n", encoding="utf-8")
    with window(browser, tmp_path, "en") as page:
        until(page, "document.querySelectorAll('.card.out').length === 1")
        page.get_by_role("link", name="Issue").click()
        until(page, "/page 1/.test(document.querySelector('.order .item')?.innerText)")


STRANGER = """<!DOCTYPE html><html><head><title>Sông lên</title><script>window.hurt = 1</script></head><body>
<article><h1>Nước sông lên nhanh <img src=x onerror="window.hurt = 2"></h1>
<p onclick="window.hurt = 3">Nước sông Ngự lên ba mươi phân trong đêm, theo trạm. <script>window.hurt = 4</script></p>
<p><a href="javascript:window.hurt = 5">Xem bản đồ ngập của huyện ở đây</a> trước khi ra đường vào sáng sớm mai.</p>
<p>&lt;img src=x onerror="window.hurt = 6"&gt; là mã mà người viết trang để lại giữa bài, và nó không được chạy.</p>
<iframe src="https://elsewhere.example/"></iframe><form action="https://elsewhere.example/"><input name="q"></form>
</article></body></html>"""


def test_a_strangers_page_with_scripts_handlers_and_links_to_them_does_nothing(browser, tmp_path):
    (tmp_path / "song.html").write_text(STRANGER, encoding="utf-8")
    with desk(tmp_path) as address:
        context = browser.new_context(locale="vi")
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_selector(".card h3 a")
        home = address.partition("?")[0]
        for name in ("folder", page.locator(".card h3 a").first.get_attribute("href").removeprefix("#/"), "issue"):
            view(page, name)
            for each in page.locator(".line .words").all():
                each.click()
        rendered(page)
        page.click("#show-book")
        page.wait_for_selector(".reader iframe", timeout=60_000)

        assert page.evaluate("window.hurt") is None
        assert page.locator("a[href^='javascript']").count() == 0
        assert [url for url in asked if not url.startswith(home)] == []
        assert page.locator(".work script, .work iframe, .work form").count() == 0
        context.close()
