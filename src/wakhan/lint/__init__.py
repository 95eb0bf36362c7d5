"""Check the shapes, the ontology and the stored queries themselves."""
