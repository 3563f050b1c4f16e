"""The laws, held against generated scenarios, postures and seeds."""

import pytest
from hypothesis import HealthCheck, given, settings

from simulator.testing import laws
from simulator.testing.strategies import everything, postures, scenarios, seeds

pytestmark = pytest.mark.slow
lenient = settings(suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_law_holds(law):
    """Each law holds for every scenario, posture and seed."""

    @lenient
    @given(scenario=scenarios(), arm=postures(), seed=seeds)
    def holds(scenario, arm, seed):
        law(scenario, arm, seed)

    holds()


@lenient
@given(scenario=scenarios(), arm=postures(), seed=seeds)
def test_shadows_change_nothing(scenario, arm, seed):
    """Asking the whole catalogue in the shadow changes nothing that happens."""
    laws.shadows_change_nothing(scenario, arm, seed, shadow=everything())
