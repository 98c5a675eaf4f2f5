"""What the parent and the child say to each other comes over whole, or not at all."""

import io

import pytest

from publisher.model import Problem, Written
from publisher.writing.pdf.messages import Failed, Finished, Progress, receive, send
from publisher.writing.pdf.settling import Known

WRITTEN = Written(
    data=bytes(range(256)) * 1000,
    pages={"cầu-mới": 3},
    page_count=4,
    problems=(Problem(code="engine-warning", message="Không rõ"),),
)
FINISHED = Finished(WRITTEN, {"a": Known(numbers=("0",), first_page=None)})
MESSAGES = [Progress(1, 2), Progress(2, 2), FINISHED, Failed("hết bộ nhớ")]


def sent(*messages):
    stream = io.BytesIO()
    for message in messages:
        send(message, stream)
    return stream.getvalue()


def test_messages_arrive_in_order_as_they_were_sent():
    assert list(receive(io.BytesIO(sent(*MESSAGES)))) == MESSAGES


def test_an_empty_stream_holds_none():
    assert list(receive(io.BytesIO())) == []


@pytest.mark.parametrize("kept", [1, 7, 8, 9, 20])
def test_a_message_cut_short_is_not_given(kept):
    whole, cut = sent(MESSAGES[0]), sent(MESSAGES[2])

    assert list(receive(io.BytesIO(whole + cut[:kept]))) == [MESSAGES[0]]
