"""``make bench``: side-by-side ratios in one run, on one server, one PostgreSQL, one text. Asserts nothing."""
