"""Reading Word files from outside: package, numbering, paragraphs, blocks, tracked changes.

Nothing here loads Django: ``child`` runs these modules in a process of its own with limits (security.md 5.5).
Beside the standard library and lxml they import only each other and the pure modules of ``editions``.
"""
