"""The files that a desk writes: undone, done again, and never over somebody else's."""

import pytest

from publisher.desk.drafts import ConflictError, Drafts, revision_of
from publisher.desk.folder import DeskFolder
from publisher.desk.steps import step_name

NONE = revision_of(None)
TITLE = step_name("title")


@pytest.fixture
def drafts(tmp_path) -> Drafts:
    return Drafts(DeskFolder(tmp_path))


def test_a_change_is_written_undone_and_done_again(drafts, tmp_path):
    drafts.change(TITLE, {"desk.toml": b"a"}, {"desk.toml": NONE})

    assert ((tmp_path / "desk.toml").read_bytes(), drafts.steps) == (b"a", (TITLE, None))
    assert (drafts.undo(), (tmp_path / "desk.toml").exists(), drafts.steps) == (TITLE, False, (None, TITLE))
    assert (drafts.redo(), (tmp_path / "desk.toml").read_bytes()) == (TITLE, b"a")
    assert (drafts.undo(), drafts.undo()) == (TITLE, None)


def test_what_was_brought_in_is_taken_out_again(drafts, tmp_path):
    name = drafts.add("cau.txt", b"a")
    undone = drafts.undo()

    assert (name, undone, (tmp_path / "cau.txt").exists()) == ("cau.txt", step_name("bringing", "cau.txt"), False)
    assert (drafts.redo(), (tmp_path / "cau.txt").read_bytes()) == (undone, b"a")


def test_only_as_many_steps_are_kept_as_there_is_room_for(tmp_path):
    drafts = Drafts(DeskFolder(tmp_path), kept_bytes=10)
    for name, data in (("a.txt", b"123456"), ("b.txt", b"123"), ("c.txt", b"1234"), ("d.txt", b"12345678901")):
        drafts.add(name, data)
        before = drafts.steps[0].name

        assert before == name
    assert (drafts.undo().name, drafts.undo()) == ("d.txt", None)


def test_a_change_of_something_else_than_is_there_is_a_conflict(drafts, tmp_path):
    drafts.change(TITLE, {"desk.toml": b"a"}, {"desk.toml": NONE})
    known = revision_of(b"a")
    (tmp_path / "desk.toml").write_bytes(b"theirs")

    with pytest.raises(ConflictError) as caught:
        drafts.change(TITLE, {"desk.toml": b"b"}, {"desk.toml": known})

    assert (str(caught.value), caught.value.name, caught.value.was) == (
        "desk.toml was changed meanwhile, by another window, an editor or a colleague. Look at what it says now.",
        "desk.toml",
        b"a",
    )
    assert (tmp_path / "desk.toml").read_bytes() == b"theirs"


def test_what_others_changed_since_is_not_undone(drafts, tmp_path):
    drafts.change(TITLE, {"desk.toml": b"a"}, {})
    (tmp_path / "desk.toml").write_bytes(b"theirs")

    with pytest.raises(ConflictError):
        drafts.undo()

    assert (tmp_path / "desk.toml").read_bytes() == b"theirs"


def test_letters_typed_in_one_place_are_one_step(drafts, tmp_path):
    for at, word in enumerate((b"C", b"Ca", b"Cau")):
        drafts.change(TITLE, {"a": word}, {}, "a 1", at)
    drafts.change(TITLE, {"a": b"Cau moi"}, {}, "a 1", 60)

    drafts.undo()
    assert (tmp_path / "a").read_bytes() == b"Cau"
    drafts.undo()
    assert not (tmp_path / "a").exists()


def test_a_change_that_changes_nothing_is_no_step(drafts):
    drafts.change(TITLE, {"desk.toml": None}, {})

    assert drafts.steps == (None, None)


def test_two_desks_on_one_folder_do_not_overwrite_each_other(tmp_path):
    one, other = Drafts(DeskFolder(tmp_path)), Drafts(DeskFolder(tmp_path))
    known = one.revision("desk.toml"), other.revision("desk.toml")
    one.change(TITLE, {"desk.toml": b"one"}, {"desk.toml": known[0]})

    with pytest.raises(ConflictError):
        other.change(TITLE, {"desk.toml": b"other"}, {"desk.toml": known[1]})

    assert (tmp_path / "desk.toml").read_bytes() == b"one"
