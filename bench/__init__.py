"""Measures every page of the product as it is served in production, beside two floors. Started by bin/bench; see README.md."""
