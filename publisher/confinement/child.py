"""The confined process: orders on standard input, answers on standard output. ``worker`` starts it.

It is a fresh interpreter rather than a fork of ours: a fork would hold whatever we hold, the mail password too. That
costs 20 ms for the interpreter and what importing the readers costs, while we are busy with the same.
"""

import functools
import importlib
import inspect
import os
import sys
import typing
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from publisher.bulkhead import place_of
from publisher.confinement.messages import (
    LIMIT_ORDER_BYTES,
    REFUSALS,
    Answer,
    Done,
    Fell,
    Order,
    Ready,
    Refused,
    receive,
    send,
)
from publisher.confinement.walls import limit, lock_in, peak_bytes, unlimit_memory


def main() -> None:
    """Lock this process in, and do what is ordered until there is no more.

    The last arguments are who started it, a module that will be needed, and a function that loads more, or none.
    """
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not come between our messages.
    *_, parent, module, prepare = sys.argv
    # Linux counts what whoever started us held among what we have held: a large digest's process is no leak of ours.
    inherited = peak_bytes()
    # Before anything of a stranger comes, while whoever started us is busy: what is loaded of our own is kept for the
    # next process, as it could not be from behind the walls.
    importlib.import_module(module)
    if prepare:
        _found(prepare)()
    send(Ready(lock_in(int(parent))), answers)
    while data := receive(orders, LIMIT_ORDER_BYTES):
        order = msgspec.msgpack.decode(data, type=Order)
        del data
        send(_obeyed(order, inherited), answers)


def _obeyed(order: Order, inherited: int) -> Answer:
    """What came of an order. Memory counts where it is more than the bytes that were ``inherited``."""
    try:
        limit(order.limits)
        function = _found(order.function)
        result = msgspec.msgpack.encode(function(*_arguments(function, order.arguments)))
    except tuple(REFUSALS.values()) as error:
        return Refused(type(error).__name__, str(error))
    except Exception as error:  # noqa: BLE001 - the boundary: whatever a library raises is an answer
        unlimit_memory()  # What is left of it may not be enough to say that it is gone.
        return Fell(type(error).__name__, place_of(error))
    peak = peak_bytes()
    return Done(msgspec.Raw(result), peak if peak > inherited else 0)


def _found(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _arguments(function: Callable[..., Any], encoded: Iterable[msgspec.Raw]) -> list[Any]:
    """The arguments, as the function's annotations have them."""
    return [msgspec.msgpack.decode(data, type=type_) for data, type_ in zip(encoded, _types(function), strict=False)]


@functools.cache
def _types(function: Callable[..., Any]) -> list[Any]:
    """The types of a function's parameters; of one without an annotation, any."""
    hints = typing.get_type_hints(function)
    return [hints.get(name, Any) for name in inspect.signature(function).parameters]
