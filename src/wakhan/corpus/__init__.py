"""Many articles over one ontology and one gazetteer: invent such a corpus, build it, join what its articles give."""
