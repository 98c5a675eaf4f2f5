"""An e-book within a limit of bytes: its pictures are made smaller, step by step, all by the same step."""

from collections.abc import Mapping, Sequence

from publisher.counting import counted
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.pictures import Encoded, Encoding, encode, measure

__all__ = ["STEPS", "fit"]

STEPS = ((1600, 85), (1264, 80), (1024, 75), (800, 70), (600, 65), (480, 55), (320, 45))
"""Long side in pixels and quality. 1264 is the width of a seven-inch reader, 1024 of one of six inches; below 600 a
picture shows only what it is of, and that is the last thing to give up."""

_SLACK_BYTES = 4096
"""What the other changes for a reader may add to its package."""

_GREY = ("1", "L", "LA")

_SAMPLE = 40
"""From how many pictures the first step that may do is guessed; a guess that is too large costs one more round."""


def fit(copy: Copy, limit_bytes: int, allowance: str, *, grey: bool = False) -> None:
    """Reduce the pictures until the e-book fits, or as far as it goes; with ``grey``, write all of them in grey.

    An e-book that fits as it is keeps its pictures. What does not fit even so is a problem, in which ``allowance`` says
    whose limit it was: ``Send to Kindle takes``.
    """
    pictures = copy.named(".jpg", ".jpeg", ".png")
    before = {name: copy.size_of(name) for name in pictures}
    # Pictures are stored, not deflated: what they lose the file loses.
    rest = copy.master_bytes - sum(before.values()) + _SLACK_BYTES
    budget = limit_bytes - rest
    if sum(before.values()) <= budget and not grey:
        return
    encodings = [Encoding(quality=quality, long_side=side, grey=grey, may_be_jpeg=True) for side, quality in STEPS]
    if sum(before.values()) <= budget:
        encodings.insert(0, Encoding(quality=90, grey=True, may_be_jpeg=True))
    smaller: dict[str, Encoded] = {}
    for encoding in encodings[_first_guess(copy, pictures, encodings, budget) :]:
        smaller = _encoded(copy, pictures, encoding)
        if sum(_sizes(before, smaller).values()) <= budget:
            break
    if smaller:
        _apply(copy, smaller, before, grey=grey)
    size = rest + sum(_sizes(before, smaller).values())
    if size > limit_bytes:
        copy.warn(
            f"the e-book has {size / 1e6:.2g} MB with its pictures as small as they get, "
            f"and {limit_bytes / 1e6:g} MB is what {allowance}: divide the issue"
        )


def _first_guess(copy: Copy, pictures: Sequence[str], encodings: Sequence[Encoding], budget: int) -> int:
    """The first step at which a sample of the pictures would fit into its share of the budget, else the last."""
    sample = pictures[:: max(1, len(pictures) // _SAMPLE)]
    before = {name: copy.size_of(name) for name in sample}
    share = budget * sum(before.values()) / max(1, sum(copy.size_of(name) for name in pictures))
    for number, encoding in enumerate(encodings[:-1]):
        if sum(_sizes(before, _encoded(copy, sample, encoding)).values()) <= share:
            return number
    return len(encodings) - 1


def _encoded(copy: Copy, pictures: Sequence[str], encoding: Encoding) -> dict[str, Encoded]:
    """The pictures that the step makes smaller, or grey; each from the master's own, never from a former step's."""
    encoded = {}
    for name in pictures:
        data = copy.read(name)
        new = encode(data, encoding)
        if len(new.data) < len(data) or (encoding.grey and measure(data).mode not in _GREY):
            encoded[name] = new
    return encoded


def _sizes(before: Mapping[str, int], smaller: Mapping[str, Encoded]) -> dict[str, int]:
    return {name: len(smaller[name].data) if name in smaller else size for name, size in before.items()}


def _apply(copy: Copy, smaller: Mapping[str, Encoded], before: Mapping[str, int], *, grey: bool) -> None:
    for name, encoded in smaller.items():
        copy.replace(name, encoded.data)
    renamed = {name: new for name, encoded in smaller.items() if (new := encoded.name_from(name)) != name}
    members = {*smaller, *renamed.values(), *(copy.rename(renamed) if renamed else ())}
    sizes = _sizes(before, smaller)
    megabytes = f"{sum(before.values()) / 1e6:.1f} → {sum(sizes.values()) / 1e6:.1f} MB"
    count = f"{len(smaller)} of {counted(len(before), 'picture')}"
    copy.record(f"{count} {'in grey' if grey else 'made smaller'}: {megabytes}", members)
