"""What all tests share: no timing is asserted, so hypothesis sets no deadline either. It tries half as many examples
as usual: `make fuzz`, `make fuzz-answers` and `make faults` look further.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("hmic", deadline=None, max_examples=50)
settings.load_profile("hmic")
