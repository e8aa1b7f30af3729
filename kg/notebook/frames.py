"""A page of ours inside a notebook: in a frame of its own, which can reach neither the notebook nor the network."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

HEIGHT = 640
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole HTML page, shown in a notebook as a frame of that height in pixels."""

    page: str
    title: str
    height: int = HEIGHT

    def __repr__(self) -> str:
        return f"Frame({self.title!r}, {len(self.page)} characters)"

    def _repr_html_(self) -> str:
        # Without allow-same-origin the page is a stranger to the notebook whatever stands in it.
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-downloads" '
            f'style="width: 100%; height: {int(self.height)}px; border: 1px solid #ccc" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )
