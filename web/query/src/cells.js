// One term of an answer, as a person reads it.

import { badge, html, mark } from "./dom.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "nonNegativeInteger"].map((name) => XSD + name));

export const isNumber = (term) => NUMBERS.has(term?.datatype);
export const isDate = (term) => /^(date|dateTime)$/.test(term?.datatype?.replace(XSD, "") ?? "");

export class Cells {
  constructor(names) {
    this.names = names;
    this.marks = names.data.marks;
    this.words = { claimed: "claimed", silent: "nothing said", unheld: "not a fact" };
    this.prefixed = false; // whether prefixed names are shown instead of labels
  }

  text(term) {
    if (!term) return "";
    if (term.type === "bnode") return `_:${term.value.slice(0, 8)}`;
    if (term.type !== "uri") return this.literal(term);
    return this.prefixed ? this.names.short(term.value) ?? term.value : this.names.label(term.value);
  }

  literal(term) {
    const days = term.datatype === `${XSD}dayTimeDuration` && /^P(\d+)D$/.exec(term.value);
    return days ? `${days[1]} day${days[1] === "1" ? "" : "s"}` : term.value;
  }

  badge(standing) {
    return badge(standing, this.marks, this.words);
  }

  /** A term of a row: claims and factualities are marked, other IRIs are links where they have a page. */
  cell(term, row) {
    if (!term) return "";
    const { names } = this;
    if (names.factualities.has(term.value)) return this.badge(names.standingOf(term.value, row));
    if (term.type !== "uri") return this.value(term);
    const standing = names.claims.get(term.value);
    if (standing) return this.claim(term.value, standing);
    return this.link(term.value, this.text(term));
  }

  claim(iri, standing) {
    const title = html("span", { class: "visually-hidden" }, `${standing}: `);
    const inner = [mark(this.marks[standing]), title, this.names.short(iri)];
    const href = this.names.href(iri);
    return html(href ? "a" : "span", { class: `to-claim is-${standing}`, href, title: `${standing}: ${this.names.label(iri)}` }, inner);
  }

  link(iri, text) {
    const href = this.names.href(iri);
    const title = this.prefixed ? this.names.label(iri) : this.names.short(iri) ?? iri;
    return href ? html("a", { href, title }, text) : html("bdi", { title }, text);
  }

  value(term) {
    const language = term["xml:lang"];
    if (!language || language === "en") return html("span", {}, this.text(term));
    return html("span", { lang: language, dir: "auto" }, this.text(term), html("small", { class: "language" }, language));
  }

  /** A row in words: its statement where it has one, else its first names. */
  title(variables, row) {
    const at = (name) => row[variables.indexOf(name)];
    const parts = [at("subject"), at("predicate"), at("object")];
    if (!parts.every(Boolean)) return row.filter((term) => term && this.isTold(term)).slice(0, 3).map((term) => this.text(term)).join(" · ");
    const [subject, verb, object] = parts.map((term) => this.text(term));
    return [subject, verb === "is a" && /^[aeiou]/i.test(object) ? "is an" : verb, object].join(" ");
  }

  isTold(term) {
    const { names } = this;
    const isAside = names.claims.has(term.value) || names.factualities.has(term.value) || isDate(term);
    return !isAside && !(term.value.startsWith(`${names.data.base}article/`) && term.value !== names.narrator);
  }
}
