"""An issue becomes a folder of finished, checked files with their proof."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import msgspec
from msgspec.structs import replace

from publisher import __version__
from publisher.automation.digest.judging import Judge
from publisher.automation.digest.understanding import Understood
from publisher.automation.issues import archives, bundle
from publisher.automation.issues.proof import NAME, File, Proof, sha256, write_proof
from publisher.automation.log import Log
from publisher.config import DeskTheme, OutputSettings, Settings, ThemeSettings
from publisher.counting import spelled
from publisher.errors import StrictError
from publisher.model import Attach, Problem, Written
from publisher.packages import WRITING_PACKAGES, versions_of
from publisher.pipeline import Bindery, Output, problems_of
from publisher.pipeline.aside import aside
from publisher.writing import write_provisionally

MEDIA_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg"}


def finish(
    understood: Understood,
    settings: Settings,
    bindery: Bindery,
    folder: Path,
    judge: Judge,
    log: Log,
    begin_webpages: Callable[[Proof, Written], object],
) -> Proof:
    """Make, check and prove all files of an issue, into its folder; the proof comes last.

    Whoever puts the folder in its place has it synced (``folders.put``). ``begin_webpages`` is given the proof as far
    as it goes and the e-book for everybody, in another thread while files are checked; its errors are nobody's.

    RenderingError when an engine fails, StrictError and CheckError when the policy has the issue stopped, OutputError
    when the disk refuses.
    """

    def begin(output: Output, data: bytes) -> None:
        judge.begin(output.path.name, data, for_press=output.press is not None)

    packed = cache(partial(_packed, understood, bindery))
    with log.timed("make", f"made {spelled(len(settings.outputs), 'file')}"):
        written = bindery.make(understood.issue, understood.sources, begin, meanwhile=(packed, judge.prepare))
    problems = problems_of(written)
    _weigh(problems, settings, log)
    books = _books_for_everybody(written, settings.outputs)
    with aside(*(partial(begin_webpages, understood.draft, book) for book in books[:1])):
        proof = _checked(understood, settings, folder, written, packed, judge)
    proof = replace(proof, problems=problems)
    prove(folder, proof)
    return proof


def _packed(understood: Understood, bindery: Bindery) -> Written:
    """The archive of the issue and its sources."""
    issue, sources = understood.issue, understood.sources
    made_of = (understood.draft.inputs, tuple(source.url for source in sources))
    return bindery.beside(issue, "archives", made_of, partial(bundle.pack, issue, sources))


def _checked(
    understood: Understood,
    settings: Settings,
    folder: Path,
    written: Mapping[Path, Written],
    packed: Callable[[], Written],
    judge: Judge,
) -> Proof:
    """Write the files of an issue and its archive, and check them; their proof."""
    with aside(packed):  # Where nothing had to be laid out, it is still to be packed.
        proof = write_files(
            understood.draft, folder, written, settings.outputs, settings.theme, settings.evidence.attach
        )
    publishes, week = settings.evidence.publish, understood.draft.week
    with (
        archives.beside(folder, packed())
        if publishes
        else archives.kept(settings.files.archives, settings.series.name, week, packed())
    ) as keep_archive:
        checks = [
            judge.judged(proved.name, file.data, output, proved.sha256)
            for proved, file, output in zip(proof.files, written.values(), settings.outputs, strict=True)
        ]
        return replace(
            proof,
            archive=keep_archive(),
            archive_kept=not publishes,
            checks=tuple(check for check in checks if check),
        )


def prove(folder: Path, proof: Proof) -> None:
    """Write the proof, after all files. OutputError when the disk refuses."""
    write_provisionally(folder / NAME, write_proof(proof))


def _weigh(problems: Sequence[Problem], settings: Settings, log: Log) -> None:
    grave = [problem for problem in problems if problem.code not in settings.policy.overlook]
    for problem in problems:
        if problem in grave:
            log.warn("make", str(problem), code=problem.code)
        else:
            log.say("make", str(problem), code=problem.code)
    if grave and settings.policy.problems == "stop":
        count = spelled(len(grave), "problem")
        raise StrictError(f"the issue is not published for {count}, as policy.problems asks. The first: {grave[0]}")


def write_files(
    draft: Proof,
    folder: Path,
    written: Mapping[Path, Written],
    outputs: Sequence[OutputSettings],
    theme: ThemeSettings | DeskTheme,
    attach: Attach,
) -> Proof:
    """Write an issue's files into its folder; the draft of its proof, with them and with what made them.

    OutputError when the disk refuses.
    """
    pairs = zip(written.items(), outputs, strict=True)
    return replace(
        draft,
        generator=f"publisher {__version__}",
        versions={"publisher": __version__, **versions_of(WRITING_PACKAGES)},
        settings=_deciding(theme, outputs, attach),
        files=tuple(_write(path, file, output) for (path, file), output in pairs),
        cover=_write_cover(folder, written),
    )


def _deciding(theme: ThemeSettings | DeskTheme, outputs: Sequence[OutputSettings], attach: Attach) -> str:
    """The SHA-256 of what decides how the files look; where a theme or a profile lies is no part of it."""
    placeless = [
        replace(output, press=replace(output.press, output_profile=None)) if output.press else output
        for output in outputs
    ]
    return sha256(msgspec.json.encode([theme.name, theme.options, placeless, attach], order="deterministic"))


def _write(path: Path, written: Written, output: OutputSettings) -> File:
    suffix = path.suffix
    file = _put(path, written.data, MEDIA_TYPES[suffix], written.sha256)
    return replace(
        file,
        format="pdf" if suffix == ".pdf" else "epub",
        profile=None if output.profile == "generic" else output.profile,
        press=output.press is not None,
        pages=written.page_count or None,
    )


def _put(path: Path, data: bytes, media_type: str, digest: str = "") -> File:
    write_provisionally(path, data)
    return File(name=path.name, media_type=media_type, bytes=len(data), sha256=digest or sha256(data))


def _books_for_everybody(written: Mapping[Path, Written], outputs: Sequence[OutputSettings]) -> tuple[Written, ...]:
    pairs = zip(written.items(), outputs, strict=True)
    return tuple(file for (path, file), output in pairs if path.suffix == ".epub" and output.profile == "generic")


def _write_cover(folder: Path, written: Mapping[Path, Written]) -> File | None:
    """The cover of the first e-book that has one, as a file beside it; ``None`` when none has."""
    for path, file in written.items():
        if path.suffix == ".epub" and (found := _cover_in(file.data)):
            data, media_type = found
            return _put(folder / f"cover{PICTURES[media_type]}", data, media_type)
    return None


def _cover_in(data: bytes) -> tuple[bytes, str] | None:
    """The picture that the package of one of our own e-books calls its cover (EPUB 3.3, appendix D.3)."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        package = next(name for name in book.namelist() if name.endswith(".opf"))
        root = ElementTree.fromstring(book.read(package))  # noqa: S314 (we wrote it)
        for item in root.iter("{http://www.idpf.org/2007/opf}item"):
            media_type = item.get("media-type", "")
            if "cover-image" in item.get("properties", "").split() and media_type in PICTURES:
                return book.read(str(PurePosixPath(package).parent / item.get("href", ""))), media_type
    return None
