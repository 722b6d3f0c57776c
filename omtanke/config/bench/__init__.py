"""`omtanke bench`: measure what must hold (docs/operations.md, Speed), on data and a database of its own."""
