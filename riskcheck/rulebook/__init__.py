"""A pack as a book to read: which check covers what, and the pages of the rule reference."""
