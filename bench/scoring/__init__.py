"""How well an extraction agrees with annotations made by reading: figures, floors under them, the page of both."""

from __future__ import annotations
