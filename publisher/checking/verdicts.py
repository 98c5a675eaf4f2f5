"""What an outside validator says of a file, in one form for all of them."""

from publisher.model.blocks import Value


class Objection(Value, frozen=True, kw_only=True):
    """One thing that a validator objects to."""

    rule: str
    """Its own name for the rule: ``7.1-10``, ``RSC-005``, ``metadata-title``."""

    message: str
    severity: str = "error"
    """``error``, ``warning`` or ``note``."""

    place: str | None = None


class Verdict(Value, frozen=True, kw_only=True):
    """What one validator says of one standard."""

    program: str
    about: str
    """The claim as ``Claim.name`` has it, or what is judged: ``EPUB``, ``accessibility``."""

    objections: tuple[Objection, ...] = ()
    """Empty for a clean bill, unless there is a reason why it could not judge."""

    reason: str | None = None
    """Why there is no verdict: ``veraPDF is not installed``."""

    is_absent: bool = False
    """Whether that is because the program is not installed."""

    @property
    def is_open(self) -> bool:
        """Whether the program is there and gave no verdict, for want of time or memory: asked again, it may."""
        return self.reason is not None and not self.is_absent
