"""Answers for people to look at: pages, charts, and tables for other programs."""
