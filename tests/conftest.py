"""What all tests share: no timing is asserted, so hypothesis sets no deadline either."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("hmic", deadline=None)
settings.load_profile("hmic")
