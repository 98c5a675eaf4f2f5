"""Who listens is told what happens."""

import asyncio

from publisher.desk.events import Hub


def test_what_happens_while_the_listener_is_greeted_is_heard():
    hub = Hub()

    async def hello():
        hub.tell("card", {"id": 1})
        return "hello", {"read": 0}

    async def heard() -> list[bytes]:
        stream = hub.listen(hello)
        said = [await anext(stream), await anext(stream)]
        await stream.aclose()
        return said

    assert asyncio.run(heard()) == [b'event: hello\ndata: {"read":0}\n\n', b'event: card\ndata: {"id":1}\n\n']
    assert hub.listeners == 0
