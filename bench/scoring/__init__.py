"""How far an extraction agrees with annotations made by reading: figures, floors under them, the page that shows them."""

from __future__ import annotations
