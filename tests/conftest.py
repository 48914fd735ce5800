"""What the tests share: Hypothesis' profiles, and the count of what was executed."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else TensorFlow imports in 12 s, not 4
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

settings.register_profile(
    "default",
    deadline=None,
    max_examples=24,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,  # `executed` counts over all examples
    ],
)
settings.register_profile(
    "full", settings.get_profile("default"), max_examples=320, derandomize=False
)
settings.load_profile("default")


@pytest.fixture
def executed(request: pytest.FixtureRequest) -> Counter[str]:
    """Counts, by what it is called, something that a test executes many of."""
    counter: Counter[str] = Counter()
    request.node.user_properties.append(("executed", counter))
    return counter


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many of each were executed, in all workers together."""
    total: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                if name == "executed" and report.when == "call":
                    total.update(value)
    for what, number in sorted(total.items()):
        terminalreporter.write_line(f"{what}: {number} executed")
