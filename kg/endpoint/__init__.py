"""A corpus on a SPARQL 1.1 server: loaded, kept current, asked."""
