"""Work with a SPARQL server that somebody runs: load it, ask it, and let it draw conclusions."""
