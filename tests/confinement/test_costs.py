"""The dearest inputs known, as the program takes them: each costs ten seconds at most, and itself."""

import io
import random
import resource
from collections.abc import Callable

import pytest
from PIL import Image

from publisher.confinement.worker import Worker
from publisher.errors import InputError
from publisher.model import Asset, Source
from tests.reading.docx import building

WORDS = "Sáng nay cây cầu mới qua sông được thông xe, sớm hơn kế hoạch hai tháng."
LIMIT_S = 10


def page(text: str, media_type: str = "text/html") -> tuple[str, Source, None, tuple[()]]:
    return "read", Source(name="page", data=text.encode(), media_type=media_type), None, ()


def marks() -> tuple[str, Source, None, tuple[()]]:
    return page("Cầu mới\n\na" + "\u0301\u0323" * 2_500_000 + f"\n\n{WORDS}\n", "text/plain")


def spans() -> tuple[str, Source, None, tuple[()]]:
    return page(f"<h1>Cầu mới</h1><p>{WORDS}<table>{'<tr><td colspan=1000 rowspan=1000>a' * 1000}</table>")


def paragraphs() -> tuple[str, Source, None, tuple[()]]:
    body = building.p("Cầu mới", style="Tieu") + building.p(WORDS) + "<w:p/>" * 1_000_000
    data = building.packed(building.members(body))
    return "read", Source(name="page", data=data, media_type=building.MEDIA_TYPE), None, ()


def scans() -> tuple[str, bytes]:
    stream = io.BytesIO()
    noise = random.Random(0).randbytes(300 * 300 * 3)  # noqa: S311 - the same bytes each time
    Image.frombytes("RGB", (300, 300), noise).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    last = data[data.rindex(b"\xff\xda") : -2]
    return "picture", data[:-2] + last * 10_000 + data[-2:]


def pixels(form: str) -> tuple[str, bytes]:
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((8000, 8000)).convert("RGB").save(stream, form)
    return "picture", stream.getvalue()


COSTLY: dict[str, tuple[Callable[[], tuple[object, ...]], object]] = {
    "ten megabytes of combining marks": (marks, 1),
    "a thousand cells that reach over a thousand": (spans, 1),
    "a million empty paragraphs": (paragraphs, 1),
    "a JPEG of ten thousand scans": (scans, "it has more than 100 scans"),
    "a JPEG of 64 megapixels": (lambda: pixels("JPEG"), "image/jpeg"),
    "a PNG of 64 megapixels": (lambda: pixels("PNG"), "image/png"),
}
"""For each how the job is made, and what comes of it: so many articles, a picture, or a refusal."""


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "what",
    [pytest.param(what, marks=pytest.mark.campaign if what.startswith("a PNG") else ()) for what in COSTLY],
)
def test_the_dearest_inputs_cost_ten_seconds_and_themselves(what: str) -> None:
    make, expected = COSTLY[what]
    order = make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    with Worker() as worker:
        came = outcome_of(worker, order)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert came == expected
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < LIMIT_S


def outcome_of(worker: Worker, order: tuple[object, ...]) -> object:
    name, *arguments = order
    try:
        result = worker.do(str(name), *arguments)
    except InputError as error:
        return str(error)
    return result.media_type if isinstance(result, Asset) else len(result.articles)
