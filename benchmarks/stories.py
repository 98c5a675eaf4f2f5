"""How well reports of one event are told from reports of others: the regression behind ``compiling/stories.py``.

    python benchmarks/stories.py

Each theme of the labelled set in turn is left out, the weights are fitted to the others, and the pairs that touch the
left-out theme are judged. Prints precision and recall for several thresholds, the weights fitted to everything, and
what the shipped, rounded weights reach.
"""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from publisher.compiling import same_story
from publisher.compiling.stories import shared
from publisher.compiling.traits import Traits, traits_of
from tests.compiling.test_stories import labelled

Pair = tuple[bool, tuple[float, ...], frozenset[str]]
"""Whether it is one story, what both share, and the themes that the two reports are of."""

ROUNDS, RATE, DECAY = 1000, 0.15, 0.002
POSITIVE_WEIGHT = 4.0
"""There are far more pairs of two stories than of one."""


def fitted(pairs: Sequence[Pair]) -> list[float]:
    """The bias and a weight for each trait: logistic regression by gradient descent."""
    weights = [0.0] * (len(pairs[0][1]) + 1)
    for _ in range(ROUNDS):
        gradient = [0.0] * len(weights)
        for same, values, _ in pairs:
            error = (probability(weights, values) - same) * (POSITIVE_WEIGHT if same else 1.0)
            gradient[0] += error
            for number, value in enumerate(values, start=1):
                gradient[number] += error * value
        for number, slope in enumerate(gradient):
            weights[number] -= RATE * (slope / len(pairs) + (DECAY * weights[number] if number else 0) / 3)
    return weights


def probability(weights: Sequence[float], values: Sequence[float]) -> float:
    """That the pair is one story."""
    evidence = weights[0] + sum(weight * value for weight, value in zip(weights[1:], values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, evidence))))


def quality(judged: Sequence[tuple[bool, bool]]) -> str:
    """Precision and recall over (truth, verdict) pairs."""
    true = sum(truth and verdict for truth, verdict in judged)
    precision = true / max(1, sum(verdict for _, verdict in judged))
    recall = true / sum(truth for truth, _ in judged)
    return f"precision {precision:.3f}  recall {recall:.3f}  pairs {len(judged)}"


def main() -> None:
    """Print it all."""
    reports = [
        (theme, name, traits_of(article)) for language in ("vi", "en") for theme, name, article in labelled(language)
    ]
    both = [
        (one, other)
        for number, one in enumerate(reports)
        for other in reports[:number]
        if one[2].language == other[2].language
    ]
    pairs: list[Pair] = [
        (one[1] == other[1], shared(one[2], other[2]), frozenset((one[0], other[0]))) for one, other in both
    ]
    # Of the pairs that nobody would confuse every tenth is enough to fit to.
    fitting = [pair for number, pair in enumerate(pairs) if len(pair[2]) == 1 or number % 10 == 0]

    judged = []
    for theme in dict.fromkeys(theme for theme, _, _ in reports):
        weights = fitted([pair for pair in fitting if theme not in pair[2]])
        judged += [(same, probability(weights, values)) for same, values, themes in pairs if theme in themes]
    print("weights fitted to other themes, by threshold:")
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.9):
        print(f"  {threshold}  {quality([(same, chance >= threshold) for same, chance in judged])}")
    print("weights fitted to all:", " ".join(f"{weight:.2f}" for weight in fitted(fitting)))
    prints: list[tuple[bool, Traits, Traits]] = [(a[1] == b[1], a[2], b[2]) for a, b in both]
    print("shipped:", quality([(same, same_story(one, other)) for same, one, other in prints]))


if __name__ == "__main__":
    main()
