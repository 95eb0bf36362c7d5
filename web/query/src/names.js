// What terms are called, where their pages are, and how an answer stands to the facts.

import { asksForAbsence, counts, leavesPropertyOpen, named, needsEveryTriple } from "./sparql.js";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?<!\.)$/u;

/** The data of the page: see wakhan.site.questions, which writes them. */
export class Names {
  constructor(data) {
    this.data = data;
    this.entries = new Map(data.names.map(([name, label, hasPage]) => [this.expand(name), { label, hasPage }]));
    this.claims = new Map(Object.entries(data.claims).map(([name, standing]) => [this.expand(name), standing]));
    this.claimable = new Set(data.claimable.map((name) => this.expand(name)));
    this.ofClaims = new Set(data.ofClaims.map((name) => this.expand(name)));
    this.factualities = new Map(data.factualities.map(([name, word]) => [this.expand(name), word]));
    this.places = new Map(Object.entries(data.places).map(([name, at]) => [this.expand(name), at]));
    this.choices = Object.fromEntries(
      Object.entries(data.choices).map(([name, list]) => [name, list.map(([value, label]) => [this.value(value), label])]),
    );
    this.narrator = data.narrator && this.expand(data.narrator);
  }

  expand(name) {
    const colon = name.indexOf(":");
    const namespace = this.data.prefixes[name.slice(0, colon)];
    return namespace === undefined ? name : namespace + name.slice(colon + 1);
  }

  /** A choice: an IRI where it is a prefixed name or stands in brackets. */
  value(text) {
    return text.startsWith("<") ? text.slice(1, -1) : this.expand(text);
  }

  /** The prefixed name of an IRI; the longest namespace goes first. */
  short(iri) {
    let best = null;
    for (const [prefix, namespace] of Object.entries(this.data.prefixes)) {
      if (!iri.startsWith(namespace) || (best && best.length >= namespace.length)) continue;
      if (PLAIN.test(iri.slice(namespace.length))) best = { prefix, length: namespace.length };
    }
    return best ? `${best.prefix}:${iri.slice(best.length)}` : null;
  }

  label(iri) {
    return this.entries.get(iri)?.label ?? this.short(iri) ?? iri;
  }

  /** How a term is written in SPARQL. */
  written(iri) {
    return this.short(iri) ?? `<${iri}>`;
  }

  /** The address of the page of an IRI, or null where there is none. */
  href(iri) {
    if (iri.startsWith(this.data.base)) {
      if (!this.entries.get(iri)?.hasPage) return null;
      const [page, section] = iri.slice(this.data.base.length).split("#");
      return `${encodeURI(page)}.html${section ? `#${encodeURIComponent(section)}` : ""}`;
    }
    return /^https?:\/\//.test(iri) ? iri : null;
  }

  /** The names of a query in the dataset's own namespaces that the dataset does not know: [{from, to, message}]. */
  unknown(query) {
    const own = this.data.own.map((prefix) => this.data.prefixes[prefix]);
    const found = [];
    for (const { token, iri } of named(query, this.data.prefixes)) {
      const space = own.find((namespace) => iri.startsWith(namespace));
      if (!space || iri === space || this.entries.has(iri)) continue;
      found.push({ from: token.from, to: token.to, message: `Nothing is called ${token.text}.${this.suggestion(iri, space)}` });
    }
    return found;
  }

  suggestion(iri, space) {
    const local = iri.slice(space.length);
    const near = this.data.nearest(local, this.locals(space));
    return near === undefined ? "" : ` Did you mean ${this.short(space + near)}?`;
  }

  locals(space) {
    return [...this.entries.keys()].filter((iri) => iri.startsWith(space)).map((iri) => iri.slice(space.length));
  }

  /**
   * What a query reads: "claims", "facts" (bare triples of claimable properties and nothing else), or "mixed".
   * With `factualities`, the words of those that it names; whether it leaves a property open, whether rows can rest on
   * what is absent, and whether each row needs every triple.
   */
  reading(query) {
    const iris = named(query, this.data.prefixes).map(({ iri }) => iri);
    const factualities = iris.filter((iri) => this.factualities.has(iri)).map((iri) => this.factualities.get(iri));
    const readsClaims = iris.some((iri) => this.ofClaims.has(iri) || this.claims.has(iri) || this.factualities.has(iri));
    const isCount = counts(query);
    if (readsClaims) return { kind: "claims", factualities, isCount };
    const isOpen = leavesPropertyOpen(query);
    const asksFacts = iris.some((iri) => this.claimable.has(iri));
    const isAbsent = asksFacts && asksForAbsence(query);
    const kind = asksFacts && !isOpen && !isAbsent ? "facts" : "mixed";
    return { kind, factualities, isOpen, isAbsent, isStrict: needsEveryTriple(query) };
  }

  /** The standing of a factuality among the terms of a row, which may name its claim or its speaker. */
  standingOf(factuality, row) {
    const word = this.factualities.get(factuality);
    if (word !== "affirmed") return word;
    const standings = row.filter(Boolean).map((term) => this.claims.get(term.value));
    const fitting = standings.find((standing) => standing === "fact" || standing === "reported");
    if (fitting) return fitting;
    return row.some((term) => term && term.value === this.narrator) ? "fact" : "affirmed";
  }

  /** Whether some row of an answer tells how sure it is. */
  tellsHow(variables, rows) {
    const tells = (term) => term && (this.claims.has(term.value) || this.factualities.has(term.value));
    return variables.some((name) => ["claim", "factuality"].includes(name)) || rows.some((row) => row.some(tells));
  }

  /** How a whole row stands: the standing of its claim or factuality, else what the query reads, else "". */
  rowStanding(row, reading) {
    const present = row.filter(Boolean);
    const factuality = present.find((term) => this.factualities.has(term.value));
    if (factuality) return this.standingOf(factuality.value, row);
    const standings = present.map((term) => this.claims.get(term.value)).filter(Boolean);
    if (standings.length) return standings.find((standing) => standing !== "fact") ?? "fact";
    if (reading.kind !== "claims") return reading.kind === "facts" && reading.isStrict ? "fact" : "";
    if (reading.tellsHow) return "silent"; // in this row there is no claim
    const isCount = reading.isCount && !present.some((term) => term.type === "uri" && !term.value.startsWith(`${this.data.base}article/`));
    return isCount ? "" : "claimed";
  }

  /** How a triple of a CONSTRUCT stands: a fact only if the dataset itself holds it bare, by the same name. */
  tripleStanding([, predicate, object, isHeld]) {
    const isType = predicate.value === `${RDF}type`;
    const isClaimable = this.claimable.has(isType ? object.value : predicate.value);
    if (!isHeld) return "unheld";
    return isClaimable ? "fact" : "";
  }
}
