"""The words of the interface: each in Vietnamese, and none that nobody says."""

import errno
import json
import os
import re
from pathlib import Path

from publisher.desk import app  # noqa: F401 - with it all errors of the desk are known.
from publisher.desk.contents import SAME
from publisher.desk.outlets import GROUPS
from publisher.desk.pictures import WORDS_ALONE
from publisher.desk.steps import STEPS
from publisher.model import FINDING_CODES, OMISSION_REASONS, PROBLEM_CODES
from publisher.reading.trace.rules import HTML_RULES, RULES
from publisher.theming import load_theme, theme_folders
from tests.desk.spoken import MARK, spoken

STATIC = Path(__file__).parents[2] / "publisher" / "desk" / "static"
DOCS = (STATIC.parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")
PROGRAM = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))}
VIETNAMESE = json.loads((STATIC / "words" / "vi.json").read_text(encoding="utf-8"))
LINES = json.loads((STATIC / "words" / "vi-messages.json").read_text(encoding="utf-8"))
STRING = r"'((?:[^'\\]|\\.)*)'"
SAID = [
    *(words for text in PROGRAM.values() for words in re.findall(rf"\bt\(\s*{STRING}", text)),
    *(
        words
        for text in PROGRAM.values()
        for pair in re.findall(rf"\bn\(\s*{STRING}, {STRING}", text)
        for words in pair
    ),
]
CHECKING = STATIC.parents[1] / "checking"
CHECKS = [path.read_text(encoding="utf-8") for path in (*CHECKING.glob("*.py"), *(CHECKING / "pdf").rglob("*.py"))]
"""The modules that look at PDFs: the desk checks no e-book."""

THEMES = [load_theme(name) for name in theme_folders()]
TOLD = {
    *(RULES | HTML_RULES).values(),
    *(theme.summary for theme in THEMES),
    *(option.help for theme in THEMES for option in theme.options.values()),
    *(choice for theme in THEMES for option in theme.options.values() for choice in option.choices),
    *(f"option {name}" for theme in THEMES for name in theme.options),
    *(f"problem {code}" for code in PROBLEM_CODES),
    *(f"finding {code}" for code in FINDING_CODES if any(f'"{code}"' in text for text in CHECKS)),
    *STEPS.values(),
    *SAME.values(),
    *(says for _, says in GROUPS.values()),
    WORDS_ALONE,
    *(f"reason {code}" for code in OMISSION_REASONS),
}
"""What the desk tells in words of its own, which the interface says in its language."""


def test_all_that_the_interface_says_is_there_in_vietnamese():
    assert [words for words in SAID if words not in VIETNAMESE and words != "PDF"] == []


def test_the_sentences_of_rules_themes_problems_findings_and_steps_are_there_in_vietnamese():
    sizes = re.compile(r"[A\d]\d*")

    assert sorted(words for words in TOLD if words not in VIETNAMESE and not sizes.fullmatch(words)) == []


def test_no_words_are_kept_that_nobody_says():
    roles = {"blank", "dateline", "front matter", "preformatted", "quote", "table"}

    said = "".join(PROGRAM.values())

    assert [each for each in VIETNAMESE if f"'{each}'" not in said and each not in TOLD | roles] == []


def test_words_keep_the_values_that_stand_in_them():
    def values(words: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", words))

    assert [words for words, said in VIETNAMESE.items() if values(words) != values(said)] == []


LINES_OF = [
    *(STATIC.parent).rglob("*.py"),
    *(
        path
        for stage in ("fetching", "reading", "compiling", "theming", "writing", "pipeline", "confinement")
        for path in (STATIC.parents[1] / stage).rglob("*.py")
        if path.name != "starter.py"
    ),
    *(CHECKING / "pdf").rglob("*.py"),
    CHECKING / "claims.py",
    *(STATIC.parents[1] / "config" / f"{name}.py" for name in ("desk", "desk_loading", "loading")),
    *(STATIC.parents[1] / "automation" / "digest" / f"{name}.py" for name in ("outcome", "selection")),
]
"""The modules whose lines are read at the desk."""

PUT_TOGETHER = re.compile(
    r"\{count\} |one |the captions of |the feed holds only|cannot write \{path\}: (it has no|\{suffix)"
    r"|\{place\}: there is no|cannot read \{name\}: it is a link that|(?:RGB|CMYK|gray|Lab) in |\w+ \(\{pages\}\)"
)
"""Numbers with their nouns, and lines that a program has in pieces."""

SYSTEMS = {os.strerror(number).lower() for number in errno.errorcode}
"""What the system says."""


def says(said: str, line: str) -> bool:
    """Whether a line of a program is one of the catalogue, whatever its values; a count is a figure."""
    if max(parts(line), key=len) not in said:
        return False
    form = re.sub(r"\\\{(\w+)\\\}", lambda name: f"[\\d{MARK}]+" if name[1] == "count" else ".*?", re.escape(line))
    return re.fullmatch(form, said, re.DOTALL) is not None


def parts(line: str) -> list[str]:
    return re.split(r"\{\w+\}", line)


def test_what_the_desk_and_the_pipeline_say_is_wrong_is_there_in_vietnamese():
    lines = spoken(LINES_OF)

    assert len(lines) > 400
    assert sorted(said for said in lines if not any(says(said, line) for line in LINES)) == []


def test_no_line_is_translated_that_nobody_says():
    programs = "".join(path.read_text(encoding="utf-8") for path in STATIC.parents[1].rglob("*.py"))
    whole = re.sub(r'"\n\s*f?"', "", programs)  # Long lines are written in several.

    assert [
        line
        for line in LINES
        if not (PUT_TOGETHER.match(line) or line in SYSTEMS or all(part in whole for part in parts(line)))
    ] == []


def test_lines_keep_the_values_that_stand_in_them():
    def values(words: str) -> list[str]:
        verbs = {"{are}", "{do}", "{they}"}  # Which Vietnamese has without number.
        return sorted(value for value in re.findall(r"\{\w+\}", words) if value not in verbs)

    assert [line for line, said in LINES.items() if values(line) != values(said)] == []


def test_nothing_parses_markup():
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "Function(")

    assert [(name, word) for name, text in PROGRAM.items() for word in forbidden if word in text] == []


def test_the_sheet_and_the_program_ask_nobody_else():
    texts = [*PROGRAM.values(), (STATIC / "desk.css").read_text(encoding="utf-8")]

    assert [url for text in texts for url in re.findall(r"https?://[\w.]+", text)] == ["http://www.w3.org"]


def test_the_table_of_keys_in_the_documentation_is_that_of_the_help():
    table = DOCS.partition("## Keys")[2]
    documented = re.findall(r"`([^`]+)`", table.partition("\nThe language")[0].partition("| where")[2])
    program = PROGRAM["help.js"]
    keys = [
        key for row in re.findall(r"\['([^']+)', '[^']+'\]", program) for key in row.replace("Shift+↑", "↑").split(" ")
    ]
    roles = re.findall(r"\b(\w): '([a-z ]+)'", program.partition("ROLE_KEYS = {")[2].partition("}")[0])

    assert {*keys, *(key for key, _ in roles)} - {"Ctrl+Shift+Z"} <= {*documented}
    for key, role in roles:
        assert re.search(rf"\| (?:`\w`, )*`{key}`(?:, `\w`)* \| [^|]*\b{role}\b", table), role
