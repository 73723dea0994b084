"""The state machine of `delivery_machine.py`, a short while; `make faults` runs a thousand examples of sixty steps."""

from __future__ import annotations

import pytest
from delivery_machine import DeliveryMachine
from hypothesis import HealthCheck, settings

pytestmark = pytest.mark.faults

TestWhateverHappens = DeliveryMachine.TestCase
TestWhateverHappens.settings = settings(
    max_examples=40, stateful_step_count=30, suppress_health_check=list(HealthCheck), deadline=None
)
