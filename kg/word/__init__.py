"""Word files that are written: a draft's own file with comments in it, or a new file of a draft's text."""
