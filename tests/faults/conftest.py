import tempfile
from pathlib import Path

import pytest

from tests.faults.product import Product


@pytest.fixture(scope="module")
def product():
    """One running product for all faults: what one of them leaves behind, the next ones must stand."""
    product = Product(Path(tempfile.mkdtemp(prefix="autonax-faults.", dir="/tmp")))
    try:
        product.open()
        yield product
    finally:
        product.remove()
