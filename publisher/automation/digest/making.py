"""Articles chosen become an issue, and the issue a folder of finished, checked files with their proof."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import msgspec
from msgspec.structs import replace

from publisher import __version__
from publisher.automation.digest.collecting import Collected, shown_name
from publisher.automation.digest.selection import Chosen, first_day
from publisher.automation.issues import bundle
from publisher.automation.issues.proof import NAME, File, Judged, Pointer, Proof, Ran, Remark, sha256, write_proof
from publisher.automation.issues.week import Week, names_of
from publisher.automation.ledger.memory import Memory, encode_fingerprint
from publisher.automation.log import Log, counted
from publisher.automation.memo import WRITING_PACKAGES, Memo, version_of
from publisher.config import OutputSettings, Settings
from publisher.errors import CheckError, StrictError
from publisher.model import Article, Finding, Issue, IssuePlan, Paragraph, PlacedArticle, Problem, Source, Text, Written
from publisher.model.blocks import Value
from publisher.pipeline import (
    Bindery,
    Edition,
    PressOptions,
    Progress,
    Purpose,
    Validators,
    Web,
    compile_issue,
    content_digest,
    gather_assets,
    problems_of,
    write_atomically,
)
from publisher.pipeline import Output as OutputFile

MEDIA_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip", ".zip": "application/zip"}
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg"}
_UNCONFIRMED = ("not-judged", "claim-unconfirmed")


class Understood(Value, frozen=True, kw_only=True):
    """An issue that is ready to be made, and what its proof says of it before it is."""

    issue: Issue
    """Its articles' origins are members of the archive."""

    sources: tuple[Source, ...]
    draft: Proof
    """Without files and checks."""


# --- the issue --------------------------------------------------------------------------------------------------------


def understand(
    settings: Settings,
    week: Week,
    number: str | None,
    chosen: Chosen,
    collected: Collected,
    memory: Memory,
    memo: Memo,
    web: Web,
    home: Path,
) -> Understood:
    """The issue of the articles chosen, with its pictures; of none, the issue that says so."""
    series = settings.series
    articles = chosen.articles or (_notice(settings),)
    plan = IssuePlan(
        title=series.title,
        number=number,
        date=week.sunday,
        language=series.language,
        identity=f"{series.name} {week}",
        notes=chosen.notes,
        earlier=memory.earlier(),
    )
    issue = gather_assets(compile_issue(articles, plan), collected.sources, web, memo.picture)
    issue = replace(issue, problems=tuple(dict.fromkeys((*collected.problems, *issue.problems))))
    issue, sources, shown = _without_places(issue, collected.sources, home)
    ran = issue.articles if chosen.articles else ()
    digests = {source.name: sha256(source.data) for source in sources}
    draft = Proof(
        series=series.name,
        week=str(week),
        title=series.title,
        number=number,
        date=week.sunday,
        first_day=first_day(week, settings.window),
        language=issue.language,
        identifier=issue.identifier,
        generator=f"publisher {__version__}",
        versions={},
        settings="",
        files=(),
        articles=tuple(_ran(placed, digests.get(placed.article.origin or "")) for placed in ran),
        teasers=tuple(
            Pointer(headline=item.headline, url=item.url)
            for section in issue.appendix
            for item in section.items
            if not item.full_article
        ),
        inputs=bundle.inputs_of(sources, shown),
        omissions=(*collected.omissions, *chosen.omissions, *issue.omissions),
    )
    return Understood(issue=issue, sources=sources, draft=draft)


def _notice(settings: Settings) -> Article:
    """What an issue without news holds."""
    text = settings.policy.notice or ""
    body = (Paragraph(inlines=(Text(text=text),)),)
    return Article(headline=text, language=settings.series.language, body=body)


def _ran(placed: PlacedArticle, source: str | None) -> Ran:
    article = placed.article
    return Ran(
        key=article.key,
        sha256=content_digest(article),
        source=source,
        headline=article.headline,
        standfirst=article.standfirst,
        section=placed.note.section,
        publication=article.publication,
        url=article.url,
        language=article.language,
        fingerprint=encode_fingerprint(article),
        updated_since=placed.note.updated_since,
        also=placed.note.also,
    )


def _without_places(
    issue: Issue, sources: Sequence[Source], home: Path
) -> tuple[Issue, tuple[Source, ...], tuple[str, ...]]:
    """The issue, its sources named as in the archive, and what people call them: nothing says where they lay.

    Only sources that an article of the issue came from are kept.
    """
    used = {placed.article.origin for placed in issue.articles}
    kept = list({source.name: source for source in sources if source.name in used}.values())
    members = bundle.member_names(kept)
    places = {source.name: shown_name(source.name, home) for source in sources}
    articles = tuple(
        replace(placed, article=replace(placed.article, origin=members.get(placed.article.origin or "")))
        for placed in issue.articles
    )
    problems = tuple(_placed(problem, places) for problem in issue.problems)
    return (
        replace(issue, articles=articles, problems=tuple(dict.fromkeys(problems))),
        tuple(replace(source, name=members[source.name], retrieved=None) for source in kept),
        tuple(places[source.name] for source in kept),
    )


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    message, where = problem.message, problem.where
    for name, shown in places.items():
        message = message.replace(name, shown)
        where = where.replace(name, shown) if where else where
    return replace(problem, message=message, where=where)


# --- its files --------------------------------------------------------------------------------------------------------


def edition_of(settings: Settings, folder: Path, week: Week, number: str | None, themes: Sequence[Path]) -> Edition:
    """What is to be made, into a folder."""
    return Edition(
        outputs=tuple(_output(output, folder / file_name(output, week, number)) for output in settings.outputs),
        theme=settings.theme.name,
        theme_folders=(*settings.theme.folders, *themes),
        options=settings.theme.options,
    )


def _output(output: OutputSettings, path: Path) -> OutputFile:
    press = PressOptions(**msgspec.structs.asdict(output.press)) if output.press else None
    return OutputFile(path=path, press=press, profile=output.profile)


def file_name(output: OutputSettings, week: Week, number: str | None) -> str:
    """What an output is called in the issue of a week."""
    return output.file.format(**names_of(week, number))


def finish(
    understood: Understood,
    settings: Settings,
    bindery: Bindery,
    folder: Path,
    memo: Memo,
    validators: Validators | None,
    log: Log,
    progress: Progress,
) -> Proof:
    """Make, check and prove all files of an issue, into its folder; the proof comes last.

    RenderingError when an engine fails, StrictError and CheckError when the policy has the issue stopped, OutputError
    when the disk refuses.
    """
    with log.timed("make", f"made {counted(len(settings.outputs), 'file')}"):
        written = bindery.make(understood.issue, understood.sources, progress)
    problems = problems_of(written)
    _weigh(problems, settings, log)
    files = [_write(path, file, output) for (path, file), output in zip(written.items(), settings.outputs, strict=True)]
    checks = tuple(
        _check(path.name, file.data, output, settings, memo, validators, log)
        for (path, file), output in zip(written.items(), settings.outputs, strict=True)
        if settings.policy.checks != "none"
    )
    packed = bundle.pack(understood.issue, understood.sources)
    proof = replace(
        understood.draft,
        generator=f"publisher {__version__}",
        versions={"publisher": __version__}
        | {package: version for package in WRITING_PACKAGES if (version := version_of(package))},
        settings=_digest(settings),
        files=tuple(files),
        cover=_cover(folder, written),
        archive=_put(folder / bundle.NAME, packed, "application/zip"),
        problems=problems,
        checks=checks,
    )
    write_atomically(folder / NAME, write_proof(proof))
    return proof


def _digest(settings: Settings) -> str:
    """Of the settings that decide what the files look like; where a theme or a profile lies is no part of it."""
    outputs = [
        replace(output, press=replace(output.press, output_profile=None)) if output.press else output
        for output in settings.outputs
    ]
    return sha256(msgspec.json.encode([settings.theme.name, settings.theme.options, outputs], order="deterministic"))


def _weigh(problems: Sequence[Problem], settings: Settings, log: Log) -> None:
    grave = [problem for problem in problems if problem.code not in settings.policy.overlook]
    for problem in problems:
        if problem in grave:
            log.warn("make", str(problem), code=problem.code)
        else:
            log.say("make", str(problem), code=problem.code)
    if grave and settings.policy.problems == "stop":
        count = "one problem" if len(grave) == 1 else f"{len(grave)} problems"
        raise StrictError(f"the issue is not published for {count}, as policy.problems asks. The first: {grave[0]}")


def _write(path: Path, written: Written, output: OutputSettings) -> File:
    suffix = path.suffix
    file = _put(path, written.data, MEDIA_TYPES[suffix])
    return replace(
        file,
        format="pdf" if suffix == ".pdf" else "epub",
        profile=None if output.profile == "generic" else output.profile,
        press=output.press is not None,
        pages=written.page_count or None,
    )


def _put(path: Path, data: bytes, media_type: str) -> File:
    write_atomically(path, data)
    return File(name=path.name, media_type=media_type, bytes=len(data), sha256=sha256(data))


def _check(
    name: str,
    data: bytes,
    output: OutputSettings,
    settings: Settings,
    memo: Memo,
    validators: Validators | None,
    log: Log,
) -> Judged:
    """What was found in a file; CheckError when it is reason enough not to publish."""
    purposes: frozenset[Purpose] = frozenset({"press"} if output.press else ())
    policy = settings.policy
    with log.timed("check", name):
        report = memo.report(data, name, purposes, validators)
    stops = [finding for finding in report.findings if _stops(finding, settings)]
    for finding in report.findings:
        message = f"{name}: {finding.message} [{finding.code}]"
        if finding in stops:
            log.say("check", message, "failed", code=finding.code)
        elif finding.severity == "warning" and finding.code not in policy.overlook:
            log.warn("check", message, code=finding.code)
    if stops:
        more = f", and {len(stops) - 1} more" if len(stops) > 1 else ""
        raise CheckError(f"the issue is not published: {name}: {stops[0].message} [{stops[0].code}]{more}")
    return Judged(
        file=name,
        summary=report.summary,
        verdicts=tuple(
            Remark(code=each.code, severity=each.severity, message=each.message, where=str(each.where) or None)
            for each in report.findings
        ),
    )


def _stops(finding: Finding, settings: Settings) -> bool:
    policy = settings.policy
    if finding.code in _UNCONFIRMED:
        return policy.validators == "require"
    if finding.code in policy.overlook:
        return False
    return finding.severity == "error" or (finding.severity == "warning" and policy.checks == "warning")


def _cover(folder: Path, written: Mapping[Path, Written]) -> File | None:
    """The cover of the first e-book that has one, as a file beside it."""
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
