import signal
import tempfile
from pathlib import Path

import pytest

from tests.faults.product import Product


def ended(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="session")
def product():
    """One running product for all faults: what one of them leaves behind, the next ones must stand."""
    signal.signal(signal.SIGTERM, ended)  # so that what was started is removed then too
    product = Product(Path(tempfile.mkdtemp(prefix="autonax-faults.", dir="/tmp")))
    try:
        product.open()
        yield product
    finally:
        product.remove()
