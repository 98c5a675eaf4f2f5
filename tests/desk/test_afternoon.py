"""20 to 5: what people do at the desk, in a real browser, and what comes of it."""

import io
import tomllib
from pathlib import Path

import docx
import pytest
from PIL import Image

from tests.cli.running import run
from tests.desk.copied import CAPTION, HEADLINE, MENDED, TOLD, TOPICS, pasted
from tests.desk.windows import FAR, VIEWS, desk, rendered, saved, until, view, violations, window
from tests.validators import pdf_pages, pdf_text, verapdf, windows


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Thông báo lịch tiếp dân tháng tư", level=1)
    for number in range(1, 6):
        document.add_paragraph(
            f"Phòng tiếp dân số {number} mở cửa từ 7 giờ 30 các ngày thứ hai và thứ năm trong tháng."
        )
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def photograph(colour: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (1600, 1000), colour).save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture(scope="module")
def browser():
    with windows() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("chieu")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("ke") / "tuan-tin"


@pytest.fixture(scope="module")
def address(folder, shelf):
    with desk(folder, "--shelf", str(shelf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def kept(browser, address):
    """The cookies of who was let in."""
    context = browser.new_context()
    context.new_page().goto(address)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def opened(browser, address, kept):
    """Opens a window on the desk: of a size, in a language, light or dark; closed after the test."""
    contexts = []

    def window(width=1440, height=900, locale="vi", scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme, storage_state=kept
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        # A browser says aloud that a line has no place in print.
        page.on("console", lambda said: said.location["url"].endswith("/place") or page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address.partition("?")[0])
        page.wait_for_selector(".head")
        return page

    yield window
    for context in contexts:
        context.close()


PASTE = """text => {
  const data = new DataTransfer()
  data.setData('text/plain', text)
  dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }))
}"""


@pytest.fixture(scope="module")
def afternoon(browser, address, kept, folder):
    """Five pasted pages, a Word file and two photographs, made into four pages; gives the names of what was written."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi", storage_state=kept)
    page = context.new_page()
    page.goto(address.partition("?")[0])
    page.wait_for_selector(".drop")
    for count, topic in enumerate(TOPICS, start=1):
        page.evaluate(PASTE, pasted(*topic))
        until(page, "count => document.querySelectorAll('.card h3 a').length === count", count)
    with page.expect_file_chooser() as chooser:
        page.click("#bring-files")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    chooser.value.set_files(
        [
            {"name": "tiep-dan.docx", "mimeType": word, "buffer": word_file()},
            {"name": "DSC_001.jpg", "mimeType": "image/jpeg", "buffer": photograph("steelblue")},
            {"name": "DSC_002.jpg", "mimeType": "image/jpeg", "buffer": photograph("seagreen")},
        ]
    )
    until(page, "document.querySelectorAll('.card h3 a').length === 6")
    # The headline and the caption, in place.
    page.click(f"text={HEADLINE}")
    for count, (words, others) in enumerate(((HEADLINE, MENDED), (CAPTION, TOLD)), start=1):
        page.locator(".line", has_text=words).first.dblclick()
        page.fill(".line textarea", others)
        page.keyboard.press("Enter")
        until(page, "count => document.querySelectorAll('.line:has(ins)').length === count", count)
    # A photograph at its caption, with a sentence for those who do not see it.
    page.click("#to-pictures")
    page.locator("div.shot", has_text="DSC_001.jpg").get_by_role("button").click()
    page.wait_for_selector("li.shot img")
    page.fill("textarea", "Người đi bộ trên cầu mới, nhìn từ bờ bắc.")
    page.locator("textarea").blur()
    saved(page)
    # What matters stands to the left of its middle.
    page.select_option("select[id^=shape-]", "4:3")
    page.wait_for_selector(".part")
    page.locator(".part").focus()
    page.keyboard.press("ArrowLeft")
    saved(page)
    # Four pages, no more.
    view(page, "issue")
    page.fill("#issue-title", "Điểm tin chiều")
    page.fill("#issue-pages", "4")
    page.locator("#issue-pages").blur()
    page.check("#issue-fit")
    saved(page)
    view(page, "export")
    page.click("#export")
    page.wait_for_selector(".made a[download]", timeout=120_000)
    context.close()
    return sorted(path.name for path in folder.iterdir())


def test_pages_copied_at_twenty_to_five_are_a_briefing_of_four_pages(afternoon, folder):
    (pdf,) = folder.glob("*.pdf")
    text = " ".join(" ".join(pdf_text(pdf)).split())

    assert len(pdf_pages(pdf)) == 4
    assert MENDED in text
    assert TOLD in text
    assert HEADLINE not in text
    desk_toml = tomllib.loads((folder / "desk.toml").read_text(encoding="utf-8"))
    (picture,) = (picture for article in desk_toml["articles"] for picture in article.get("pictures", ()))
    assert desk_toml["issue"]["title"] == "Điểm tin chiều"
    assert picture["crop"] == [0.0633, 0.0, 0.8967, 1.0]


def test_the_command_line_makes_the_same_bytes_of_what_the_desk_left(afternoon, folder, tmp_path):
    (pdf,) = folder.glob("*.pdf")
    before = pdf.read_bytes()

    run("compile", folder / "desk.toml", "-o", tmp_path / pdf.name)

    assert (tmp_path / pdf.name).read_bytes() == before


def test_the_finished_issue_goes_onto_the_shelf_once_unless_another_shall_take_its_place(afternoon, opened, shelf):
    page = opened()
    view(page, "export")
    page.click("#shelve")
    until(page, "document.querySelector('.good')?.innerText.includes('2026-W12')")
    (before,) = shelf.glob("issues/2026-W12/*.pdf")
    page.click("#shelve")
    page.wait_for_selector("#replace")
    said = page.locator(".shelving .note").inner_text()
    focused = page.evaluate("document.activeElement.id")
    before.unlink()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.good')?.innerText.includes('2026-W12')")

    assert (said.strip(), focused) == ("Trên kệ đã có một số của tuần này.", "replace")
    assert before.exists()
    assert (shelf / "index.html").is_file()
    assert page.complaints == []


@pytest.mark.conformance
def test_verapdf_finds_nothing_wrong_with_what_the_desk_exported(afternoon, folder):
    (pdf,) = folder.glob("*.pdf")

    assert verapdf(pdf, "ua1", "3a") == []


def test_no_view_breaks_a_rule_of_accessibility(afternoon, opened):
    page = opened()
    rendered(page)
    first = page.locator(".card h3 a").first.get_attribute("href").removeprefix("#/")

    found = {}
    for name in (*VIEWS, first, first.replace("read", "pictures")):
        view(page, name)
        found[name] = violations(page)

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert page.complaints == []


def dialogs(page):
    """Opens what lies over a view, one thing after the other, and gives its name."""
    for way in ("paste", "address", "feed", "help"):
        page.click(f"#{way}" if way == "help" else f"#bring-{way}")
        yield way
        page.keyboard.press("Escape")
    page.locator(".card h3 a").first.click()
    page.locator(".line[tabindex='0']").focus()
    page.keyboard.press("w")
    page.wait_for_selector(".why:popover-open")
    yield "why"
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('.line')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit")
    yield "edit"
    page.keyboard.press("Escape")
    view(page, "issue")
    page.locator("[id^=cut-]").first.click()
    page.wait_for_selector("dialog[open]")
    yield "cut"


def test_no_dialog_breaks_a_rule_of_accessibility(afternoon, opened):
    page = opened(scheme="dark")
    page.wait_for_selector(".card h3 a")

    assert {name: faults for name in dialogs(page) if (faults := violations(page))} == {}


FAILED = """async () => {
  const { news, state } = await import('/static/state.js')
  const { notice } = await import('/static/shell.js')
  state.render = { ...state.render, state: 'failed', message: 'its page numbers do not settle' }
  news.dispatchEvent(new CustomEvent('render'))
  notice('what went wrong', { stays: true })
}"""
CHANGED_MEANWHILE = """async () => {
  const { change } = await import('/static/state.js')
  const { api } = await import('/static/api.js')
  let seen = 'another'
  change(revision => {
    const told = seen || revision
    seen = ''
    return api.changeDesk({ revision: told, issue: { number: '7' } })
  })
}"""
"""Decides something on what is not there any more: whatever the window learns before it says so."""


def states(page):
    """Brings about what is not always so, one thing after the other, and gives its name."""
    page.evaluate(FAILED)
    yield "pages that could not be made, and a message"
    view(page, "look")
    page.click("#check")
    page.wait_for_selector(".finding", timeout=60_000)
    yield "findings"
    view(page, "export")
    page.click("#add-press")
    saved(page)
    yield "a file for a press"
    page.click("#undo")
    view(page, "issue")
    page.evaluate(CHANGED_MEANWHILE)
    page.wait_for_selector("dialog[open]")
    yield "a change of somebody else"
    page.keyboard.press("Escape")
    page.locator(".grip").first.focus()
    page.keyboard.press("Space")
    yield "an article taken up"
    page.keyboard.press("Escape")
    page.click("#show-book")
    page.wait_for_selector(".reader iframe", timeout=60_000)
    yield "an e-book"


@pytest.mark.campaign
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_breaks_a_rule_of_accessibility(afternoon, opened, scheme):
    page = opened(scheme=scheme)
    rendered(page)

    assert {name: faults for name in states(page) if (faults := violations(page))} == {}


@pytest.mark.campaign
@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)], ids=["desk", "tablet", "telephone"])
def test_no_view_breaks_a_rule_anywhere(afternoon, opened, size, scheme, locale):
    page = opened(*size, locale=locale, scheme=scheme)
    first = page.locator(".card h3 a").first.get_attribute("href").removeprefix("#/")

    for name in (*VIEWS, first, first.replace("read", "pictures")):
        view(page, name)
        assert violations(page) == [], name


def test_the_dark_desk_can_be_read(afternoon, opened):
    page = opened(scheme="dark", locale="en")
    rendered(page)
    first = page.locator(".card h3 a").first.get_attribute("href").removeprefix("#/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 28)"
    for name in ("folder", "issue", first):
        view(page, name)
        assert violations(page, "color-contrast") == []


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("width", "height"), [(720, 450), (390, 844)], ids=["letters of twice the size", "a telephone"]
)
def test_nothing_is_lost_where_there_is_little_room(afternoon, opened, width, height):
    """A window of 1440 by 900 pixels at 200% has 720 by 450 of CSS's."""
    page = opened(width, height)
    first = page.locator(".card h3 a").first.get_attribute("href").removeprefix("#/")

    for name in (*VIEWS, first):
        view(page, name)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert page.evaluate(FAR) == [], name
    view(page, "folder")
    page.click("#turn")
    assert page.locator(".sheet").first.is_visible()


GALLEY = """async () => {
  const { state, news } = await import('/static/state.js')
  const made = state.render
  const [page] = made.pages
  state.render = { ...made, state: 'working', galleys: [{ article: page.article, pages: [made.pages.at(-1)] }] }
  news.dispatchEvent(new CustomEvent('render'))
  const said = document.querySelector('.sheet.draft').innerText
  state.render = made
  news.dispatchEvent(new CustomEvent('render'))
  return [said, document.querySelectorAll('.sheet.draft').length]
}"""


def test_a_page_that_is_not_yet_true_says_so(afternoon, opened):
    page = opened(locale="en")
    rendered(page)

    assert page.evaluate(GALLEY) == ["1 · Draft: neighbours and page numbers follow", 0]


RENEWED = """async () => {
  const { learn, state } = await import('/static/state.js')
  const link = document.querySelector('.card h3 a')
  const card = state.desk.cards.find(each => link.closest('.card').id === `card-${each.id}`)
  learn({ cards: [{ ...card, words: 12345 }] })
  const renewed = [link.isConnected, link.closest('.card').innerText.includes('12,345')]
  learn({ cards: [card] })
  return renewed
}"""


def test_a_card_that_changes_under_the_pointer_is_still_the_one_that_was_pressed(afternoon, opened):
    page = opened(locale="en")
    page.wait_for_selector(".card h3 a")

    assert page.evaluate(RENEWED) == [True, True]


TOLD_IN_WORDS = "async lines => { const { told } = await import('/static/words.js'); return lines.map(told) }"
SAID = {
    "none of the 2 sources holds an article. The first: 'rong.txt' is empty. Give a file with an article in it.": (
        "Không tệp nào trong 2 tệp có bài. Tệp đầu tiên: “rong.txt” trống không. Hãy đưa một tệp có bài."
    ),
    "to keep to 1 page it goes without 3 related news, the captions of 2 lost pictures": (
        "Để vừa 1 trang, số báo bỏ bớt: 3 tin liên quan, các chú thích của 2 ảnh bị mất"
    ),
    "3 texts are cut off by the trim": "3 đoạn chữ bị đường xén cắt mất",
    "desk.toml, line 3: [issue] has no key 'tile'. Did you mean 'title'?": (
        "desk.toml, dòng 3: [issue] không có khóa “tile”. Có phải “title” không?"
    ),
    "the correction of “abc” to caption is not used: it fits no line of the page": (
        "Chỗ sửa cho “abc” thành chú thích ảnh không được dùng: không khớp dòng nào của trang"
    ),
    "what a library says, in words of its own": "what a library says, in words of its own",
}


def test_the_desk_speaks_the_language_of_the_browser_until_it_is_told_otherwise(afternoon, opened):
    page = opened(locale="vi-VN")
    assert page.locator(".views").inner_text().split("\n")[:5] == ["Bài", "Ảnh", "Số báo", "Trình bày", "Xuất bản"]

    assert page.evaluate(TOLD_IN_WORDS, list(SAID)) == list(SAID.values())

    page.click("#language")
    page.wait_for_selector("html[lang=en]")
    assert page.evaluate(TOLD_IN_WORDS, list(SAID)) == list(SAID)
    page.reload()
    page.wait_for_selector(".head")

    english = ["Articles", "Pictures", "Issue", "Look", "Export"]
    assert page.locator(".views").inner_text().split("\n")[:5] == english


def test_a_day_at_the_desk_needs_no_mouse(afternoon, opened, folder):
    """To the first article by Tab, roles of lines by keys, undone; why, and to the pages and back."""
    page = opened(locale="en")
    seen = """() => {
      const shown = document.activeElement.closest('.card:has(a:focus-visible)') ?? document.activeElement
      return getComputedStyle(shown).outlineStyle !== 'none'
    }"""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.matches('.card h3 a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".line")
    page.locator(".line[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("x")
    saved(page)
    assert page.locator(".line[aria-selected=true].r-furniture").count() == 2
    page.keyboard.press("Control+z")
    until(page, "!document.querySelector('#redo').disabled")
    page.keyboard.press("w")
    page.wait_for_selector(".why:popover-open")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('.line')")
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.id") == "pages"
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.textContent") == "Articles"


ASKED_ANEW = """async () => {
  const { news } = await import('/static/state.js')
  news.dispatchEvent(new CustomEvent('page', { detail: {} }))
  await fetch('/api/desk')
}"""
"""Has the lines asked for anew, as when another window changed some, and waits until they are there."""


def test_who_asks_why_or_writes_is_not_disturbed_by_what_another_window_does(afternoon, opened):
    page = opened(locale="en")
    page.locator(".card h3 a").first.click()
    page.locator(".line[tabindex='0']").focus()
    page.keyboard.press("w")
    page.wait_for_selector(".why:popover-open")
    page.evaluate(ASKED_ANEW)
    page.keyboard.press("Escape")
    until(page, "document.activeElement.matches('.line')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".edit textarea")
    page.evaluate(ASKED_ANEW)
    page.wait_for_timeout(100)

    assert page.evaluate("document.activeElement.matches('.line .edit textarea')")
    page.keyboard.press("Escape")


def test_who_closes_the_question_whose_change_is_kept_goes_on_with_theirs(afternoon, opened):
    page = opened(locale="en")
    view(page, "issue")
    page.evaluate(CHANGED_MEANWHILE)
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Space")  # As of who was writing when it opened.
    page.get_by_role("button", name="Close").click()
    until(page, "document.querySelector('.saved').textContent === 'Theirs was kept'")
    page.fill("#issue-number", "8")
    page.locator("#issue-number").blur()
    saved(page)
    page.keyboard.press("Control+z")
    until(page, "!document.querySelector('#redo').disabled")

    assert page.locator("#issue-number").input_value() == ""


def test_words_that_reach_nobody_stay_where_they_were_written(afternoon, opened):
    page = opened(locale="en")
    page.locator(".card h3 a").first.click()
    page.locator(".line[tabindex='0']").focus()
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.fill(".line textarea", "Những chữ chưa tới đâu")
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast [role=alert]")
    until(page, "document.activeElement.value === 'Những chữ chưa tới đâu'")
    said = page.locator(".saved").inner_text()
    page.context.set_offline(False)
    page.keyboard.press("Escape")
    saved(page)

    assert said == "Not saved"
    assert page.locator(".line textarea").count() == 0


def test_an_article_is_put_in_another_place_by_keys(afternoon, opened):
    page = opened(locale="en")
    view(page, "issue")
    titles = "() => [...document.querySelectorAll('.order .item .title')].map(each => each.textContent)"
    first, second, *rest = page.evaluate(titles)
    page.locator(".grip").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    until(page, f"titles => JSON.stringify(({titles})()) === JSON.stringify(titles)", [second, first, *rest])
    saved(page)
    page.keyboard.press("ArrowUp")
    until(page, f"titles => JSON.stringify(({titles})()) === JSON.stringify(titles)", [first, second, *rest])
    page.keyboard.press("Space")

    assert page.evaluate("document.activeElement.matches('.grip[aria-pressed=false]')")
    saved(page)


@pytest.mark.campaign
def test_a_page_of_ten_thousand_lines_and_a_folder_of_three_hundred_pages_stay_quick(browser, tmp_path):
    """The rows of lines are made as they come near; the last one is a key away."""
    words = pasted(*TOPICS[1])
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(words.replace("Cồn Sậy", f"Cồn Sậy {number}"), encoding="utf-8")
    lines = "\n".join(f"Dòng thứ {number} của một trang rất dài, mà ai đó đã chép cả về." for number in range(10_000))
    (tmp_path / "000.txt").write_text(f"{words}\n{lines}", encoding="utf-8")
    with window(browser, tmp_path, "en") as page:
        until(page, "document.querySelectorAll('.card').length === 300")
        until(page, "!document.querySelector('.card[aria-busy]')", deadline_s=300)
        page.locator("a", has_text="Cồn Sậy họp").first.click()
        page.wait_for_selector(".line")
        rows = page.locator(".line").count()
        page.locator(".line[tabindex='0']").focus()
        page.keyboard.press("End")
        until(page, "document.activeElement.textContent.startsWith('Dòng thứ 9999')")

        assert rows < 1000
