"""Render a message that was written before once more, with what it shows as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.delivery import DigestContent, Role, Shape
from summaries.planning.circumstances import attestation_of, reading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import Delivery, DigestItem, Reading, RenderedPart, Subscription
    from summaries.planning.run import Run
    from summaries.ports import UnitOfWork


def rendered_again(
    work: UnitOfWork,
    run: Run,
    subscription: Subscription,
    message: Delivery,
    items: Sequence[DigestItem],
    *,
    reading: Reading | None = None,
) -> RenderedPart:
    """A message's new content. One that other windows joined is a tally by now, whatever it was written as.

    Raises LookupError when it was not noted what the message was made of.
    """
    window, shape = work.windows.get(message.window_id), message.shape
    if window is None or shape is None:
        raise LookupError(f"it is not known what message {message.id} was made of")
    if message.part == 0 and work.windows.joined_to(window.id):
        shape = Shape(Role.TALLY, total=len(items))
    content = DigestContent(
        subscription,
        window,
        tuple(items),
        attestation=attestation_of(work, run.attester, subscription, window, items) if message.part == 0 else None,
        reading=reading or reading_of(work, subscription, window, items),
    )
    return run.render.again(content, shape)
