// The stored questions: their list, and the form for the parameters of one.

import { html } from "./dom.js";
import { bind, literal } from "./sparql.js";

export const fold = (text) => text.normalize("NFKD").replace(/\p{Mark}/gu, "").replace(/[\u2010-\u2015]/g, "-").toLowerCase();

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PATTERNS = { integer: "[+\\-]?[0-9]+", decimal: "[+\\-]?[0-9]*\\.?[0-9]+" };

/** The value of a choice that somebody wrote as an IRI, a prefixed name, a local name or a label; else undefined. */
export function chosen(choices, text, names) {
  const readings = [
    (iri) => iri === text || `<${iri}>` === text,
    (iri) => names.short(iri) === text,
    (iri) => names.short(iri)?.split(":")[1] === text,
    (iri, label) => fold(label) === fold(text),
  ];
  for (const fits of readings) {
    const found = choices.find(([iri, label]) => fits(iri, label));
    if (found) return found[0];
  }
  return undefined;
}

/** The query of a question with the values of its form, written as RDF terms. */
export function text(question, values, names) {
  const terms = {};
  for (const parameter of question.parameters) {
    const value = values[parameter.name];
    if (!value) continue;
    if (parameter.type === "iri") terms[parameter.name] = names.written(value);
    else terms[parameter.name] = literal(value, parameter.type === "string" ? "" : names.written(XSD + parameter.type));
  }
  return bind(question.text, terms);
}

/** What a form holds at first: the defaults, replaced by what an address gives. Throws what a person must know. */
export function initial(question, given, names) {
  const values = {};
  for (const parameter of question.parameters) {
    const text = given.has(parameter.name) ? given.get(parameter.name) : parameter.default;
    if (text === null || text === "") continue;
    const value = parameter.choices.length ? chosen(parameter.choices, text, names) : text;
    if (value === undefined) throw new Error(`${parameter.name} cannot be “${text}”: choose one of the list.`);
    values[parameter.name] = value;
  }
  const known = question.parameters.map((parameter) => parameter.name);
  const odd = [...given.keys()].find((name) => !known.includes(name));
  if (odd) throw new Error(`This question has no parameter “${odd}”.`);
  return values;
}

/** The fields of a question; `changed` is told the values whenever one of them changes. */
export function fields(question, values, changed) {
  const controls = question.parameters.map((parameter) => {
    const id = `parameter-${parameter.name}`;
    const about = parameter.description ? `${id}-about` : null;
    const control = parameter.choices.length ? select(parameter, values) : input(parameter, values);
    control.id = id;
    control.name = parameter.name;
    if (about) control.setAttribute("aria-describedby", about);
    const label = html("label", { for: id }, parameter.name);
    return [control, html("div", { class: "field" }, label, control, about ? html("small", { id: about, class: "hint" }, parameter.description) : null)];
  });
  const read = () => {
    if (controls.every(([control]) => control.reportValidity())) {
      changed(Object.fromEntries(controls.map(([control]) => [control.name, control.value])));
    }
  };
  controls.forEach(([control]) => control.addEventListener("change", read));
  return controls.map(([, field]) => field);
}

function select(parameter, values) {
  const isFree = !parameter.required && parameter.default === null;
  const option = ([value, label]) => html("option", { value, selected: values[parameter.name] === value }, label);
  const group = (label, choices) => html("optgroup", { label }, choices.map(option));
  const any = isFree ? html("option", { value: "" }, "any") : null;
  if (!parameter.answered) return html("select", {}, any, parameter.choices.map(option));
  const finds = ([value]) => parameter.answered.has(value);
  const rest = parameter.choices.filter((choice) => !finds(choice));
  return html("select", {}, any, group("With an answer", parameter.choices.filter(finds)), group("Without an answer", rest));
}

function input(parameter, values) {
  const type = parameter.type === "date" ? "date" : "text";
  return html("input", { type, value: values[parameter.name] ?? "", pattern: PATTERNS[parameter.type], required: parameter.required || parameter.default !== null });
}

/** Makes the list of questions, which the page has as links, one that can be searched; `none` tells where else to look. */
export function searchable(list, field, none) {
  const items = [...list.querySelectorAll("li")];
  const groups = [...list.querySelectorAll("[data-topic]")];
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const item of items) {
      const told = fold(`${item.textContent} ${item.dataset.words} ${item.closest("[data-topic]").dataset.topic}`);
      item.hidden = !words.every((word) => told.includes(word));
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    const isFound = groups.some((group) => !group.hidden);
    none.replaceChildren(...(isFound ? [] : elsewhere(field.value.trim())));
  });
}

/** What to say when no question has the words: the lists of claims and things are searched by the same words. */
function elsewhere(words) {
  const link = (page, name) => html("a", { href: `${page}#${new URLSearchParams({ find: words })}` }, name);
  return ["No question has these words; look in ", link("claims.html", "Claims"), " or ", link("things.html", "Things"), "."];
}
