"""The picture that the options name for the whole issue: on its cover, or at the head of its first article."""

from collections.abc import Mapping

from publisher.model import Figure, PlacedArticle, Text
from publisher.theming.compositor import Compositor
from publisher.theming.options import OptionValue


def lead_picture(options: Mapping[str, OptionValue], compositor: Compositor, language: str) -> Figure | None:
    """The picture, with its words set in the issue's language; ``None`` where no option names one."""
    src, alt, caption = (str(options.get(name) or "") for name in ("lead", "lead_alt", "lead_caption"))
    if not src:
        return None
    words = compositor.set_caption(caption, language)
    return Figure(src=src, alt=alt or None, caption=(Text(text=words),) if words else ())


def shows(placed: PlacedArticle, picture: Figure) -> bool:
    """Whether the picture stands in the article's body."""
    return any(isinstance(block, Figure) and block.src == picture.src for block in placed.article.body)
