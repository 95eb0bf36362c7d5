// The store, in a thread of its own: whatever runs too long is stopped with the thread.
import { initSync, Store } from "oxigraph/web.js";

let store;

const TYPES = { NamedNode: "uri", BlankNode: "bnode", Literal: "literal" };

/** A term as the JSON results of SPARQL have it. */
function plain(term) {
  const found = { type: TYPES[term.termType], value: term.value };
  if (term.language) found["xml:lang"] = term.language;
  else if (term.datatype) found.datatype = term.datatype.value;
  return found;
}

/** The triples of a graph, each with whether the dataset holds it as it stands. */
function triples(quads) {
  return quads.map((quad) => [plain(quad.subject), plain(quad.predicate), plain(quad.object), store.has(quad)]);
}

function answer({ query, isGraph, format }) {
  if (format) return { text: store.query(query, { results_format: format }) };
  if (isGraph) return { triples: triples(store.query(query)) };
  return JSON.parse(store.query(query, { results_format: "application/sparql-results+json" }));
}

function open({ module, data }) {
  initSync({ module });
  store = new Store();
  store.load(data, { format: "text/turtle", lenient: true, no_transaction: true });
  return { size: store.size };
}

self.onmessage = ({ data: message }) => {
  const start = performance.now();
  try {
    const found = message.data ? open(message) : answer(message);
    postMessage({ ...found, milliseconds: performance.now() - start });
  } catch (error) {
    postMessage({ error: String(error.message ?? error) });
  }
};
