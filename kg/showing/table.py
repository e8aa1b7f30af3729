"""An answer as a Parquet file, for data frames."""

from __future__ import annotations

import io

from yaodian.corpus.answers import Answer, Rows
from yaodian.errors import QueryError


def parquet(answer: Answer) -> bytes:
    """The rows as Parquet, numbers as numbers; ``QueryError`` where the answer has none."""
    if not isinstance(answer, Rows):
        raise QueryError("Parquet holds rows: ask with SELECT")
    frame = answer.to_polars()
    import polars

    empty = [name for name, kind in frame.schema.items() if kind == polars.Null]
    out = io.BytesIO()
    frame.with_columns(polars.col(name).cast(polars.String) for name in empty).write_parquet(out)
    return out.getvalue()
