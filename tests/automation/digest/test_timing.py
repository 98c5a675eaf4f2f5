"""A reader that tells how long it took."""

from publisher.automation.digest.timing import timed
from publisher.model import Article, Reading, Source
from publisher.reading import Correction, OutletProfile


def test_a_timed_reader_is_asked_the_same_and_gives_the_same():
    asked, told = [], []
    reading = Reading(articles=(Article(headline="Cầu", language="vi"),), trace=())

    def read(*given):
        asked.append(given)
        return reading

    question = (
        Source(name="a.txt", data=b"C"),
        OutletProfile(),
        (Correction(text="Cầu", role="headline"),),
    )
    reader = timed(read, lambda *each: told.append(each))

    assert reader(*question) is reading
    assert asked == [question]
    ((source, given, seconds),) = told
    assert (source, given) == (question[0], reading)
    assert 0 <= seconds < 600
