"""`wakhan serve`: the SPARQL 1.1 Protocol over the dataset, read-only, and its IRIs dereferenced, with their pages."""
