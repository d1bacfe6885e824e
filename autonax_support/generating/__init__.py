"""Any number of invented tickets, made as the product itself would have stored them: for `manage.py generate` and bin/bench.

words, sentences → hands (as people type) → phrases (with their search keys) → threads → chunks (in several processes) → loading.
"""
