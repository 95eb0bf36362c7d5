// The page: a question or a query, asked of the store in the worker, and its answer in several views.

import { Cells } from "./cells.js";
import { html, scroll } from "./dom.js";
import { openEditor } from "./editor.js";
import { Engine, Stopped } from "./engine.js";
import { fields, initial, searchable, text as textOf } from "./form.js";
import { edges, graph } from "./graph.js";
import { hasPlaces, map } from "./map.js";
import { Names } from "./names.js";
import { WRITERS, isApart, withStandings } from "./saved.js";
import { columns, faults, form, nearest, withColumns, withPrefixes } from "./sparql.js";
import { table } from "./table.js";
import { hasDates, timeline } from "./timeline.js";

const ROWS = { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: ["application/sparql-results+json", "srj"], XML: ["application/sparql-results+xml", "srx"] };
const GRAPHS = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"] };
const LONGEST = 200_000; // characters of JSON that are shown

const at = (id) => document.getElementById(id);
const data = { ...JSON.parse(at("query-data").textContent), nearest };
const names = new Names(data);
const cells = new Cells(names);
for (const question of data.questions) {
  for (const parameter of question.parameters) {
    parameter.choices = names.choices[parameter.choices];
    parameter.answered &&= new Set(parameter.answered.map((name) => names.value(name)));
  }
}
const engine = new Engine(data.files);
const questions = new Map(data.questions.map((question) => [question.name, question]));
const terms = data.terms.map(([label, detail, type]) => ({ label, detail, type }));

let current = null; // the question whose form is shown
let values = {}; // what its form holds
let isOwn = true; // whether the text in the editor is its user's own
let turn = 0; // which query is asked; an answer to an earlier one is dropped
let answered = null; // what is shown

let editor; // opened when it can be seen, for it measures itself


function changed() {
  editor.mark([]);
  if (!isOwn) {
    isOwn = true;
    at("own").hidden = current === null;
  }
}

// ---- What is asked ----

function choose(question, given) {
  current = question;
  at("question").textContent = question.summary;
  at("about").textContent = question.description;
  at("static-page").href = `query/${question.name}.html`;
  at("static-page").parentElement.hidden = false;
  at("inferred").checked = question.inference;
  values = initial(question, given, names);
  at("parameters").replaceChildren(...fields(question, values, follow));
  at("parameters").hidden = !question.parameters.length;
  for (const link of document.querySelectorAll("[data-question]")) {
    if (link.dataset.question === question.name) {
      link.setAttribute("aria-current", "true");
      const list = link.closest(".choosing");
      list.scrollTop = link.offsetTop - list.offsetTop - list.clientHeight / 3;
    } else link.removeAttribute("aria-current");
  }
  show(textOf(question, values, names));
}

function show(text) {
  editor.value = withPrefixes(text, data.prefixes);
  editor.mark([]);
  isOwn = false;
  at("own").hidden = true;
}

/** Follows the form. */
function follow(next) {
  values = next;
  show(textOf(current, values, names));
  run();
}

function own(text) {
  current = null;
  at("question").textContent = "Your own query";
  at("about").textContent = "Facts are bare triples; claims carry the rest. Prefixes of the dataset are added when it runs.";
  at("static-page").parentElement.hidden = true;
  at("parameters").hidden = true;
  document.querySelectorAll("[data-question]").forEach((link) => link.removeAttribute("aria-current"));
  show(text);
  isOwn = true;
}

function state() {
  const found = new URLSearchParams();
  if (current && !isOwn) {
    found.set("name", current.name);
    for (const parameter of current.parameters) {
      const value = values[parameter.name];
      const usual = parameter.choices.length ? names.expand(parameter.default ?? "") : parameter.default ?? "";
      if ((value ?? "") !== usual) found.set(parameter.name, parameter.choices.length && value ? names.written(value) : value ?? "");
    }
  } else found.set("query", editor.value);
  if (at("inferred").checked !== Boolean(current?.inference && !isOwn)) found.set("inferred", at("inferred").checked ? "1" : "0");
  return `#${found}`;
}

/** Reads the address: a stored question with parameters, or a query. */
function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const inferred = given.get("inferred");
  given.delete("inferred");
  try {
    if (given.has("query")) {
      own(given.get("query"));
      at("inferred").checked = false;
    } else {
      const name = given.get("name") ?? data.first;
      given.delete("name");
      const question = questions.get(name);
      if (!question) throw new Error(`No question is called “${name}”.${suggestion(name)}`);
      choose(question, given);
    }
  } catch (error) {
    turn += 1; // an answer that is still to come is not for this address
    engine.stop();
    busy(false);
    fail(error.message);
    return;
  }
  if (inferred !== null) at("inferred").checked = inferred === "1";
  run();
}

function suggestion(name) {
  const near = nearest(name, [...questions.keys()]);
  return near === undefined ? "" : ` Did you mean “${near}”?`;
}

// ---- Asking ----

function busy(is) {
  at("run").disabled = is;
  at("stop").hidden = !is;
  at("formats").querySelectorAll("button").forEach((button) => (button.disabled = is));
  at("result").setAttribute("aria-busy", String(is));
}

const say = (text) => {
  at("status").textContent = text;
};

function clear() {
  answered = null;
  at("notes").replaceChildren();
  at("views").replaceChildren();
  at("view").replaceChildren();
  at("save").hidden = true;
}

function fail(message) {
  clear();
  say("");
  at("notes").replaceChildren(html("p", { class: "problem", role: "alert" }, message));
}

/** Ctrl+Enter, the button, a form or an address: asks what stands in the editor. */
async function run() {
  const mine = (turn += 1);
  const wasOwn = isOwn;
  const query = withPrefixes(editor.value, data.prefixes);
  if (query !== editor.value) show(query);
  isOwn = wasOwn;
  history.replaceState(null, "", state());
  const found = faults(query, data.prefixes);
  editor.mark(found.length ? found : names.unknown(query).map((place) => ({ ...place, severity: "warning" })));
  if (found.length) {
    engine.stop();
    busy(false);
    fail(`${where(query, found[0].from)}: ${found[0].message}`);
    return;
  }
  busy(true);
  say(engine.edition ? "Asking …" : "Loading the dataset …");
  const edition = at("inferred").checked ? "inferred" : "asserted";
  const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(form(query));
  try {
    if (engine.isBusy) engine.stop();
    const reply = await engine.ask({ query, isGraph }, edition, Number(at("limit").value));
    if (mine === turn) present(reply, query, edition, isGraph);
  } catch (error) {
    if (mine === turn) refused(error, query);
  } finally {
    if (mine === turn) busy(false);
  }
}

function where(query, from) {
  const lines = query.slice(0, from).split("\n");
  return `Line ${lines.length}, column ${lines.at(-1).length + 1}`;
}

/** What the engine could not answer; a fault of syntax is marked in its place. */
function refused(error, query) {
  if (error instanceof Stopped) return fail(error.message);
  const found = /error at (\d+):(\d+): (.*)/s.exec(error.message);
  if (!found) return fail(`The query cannot be answered: ${error.message}`);
  const place = faultyPlace(editor.place(Number(found[1]), Number(found[2])), found[3]);
  const message = expectation(found[3], query.slice(place.from), place.isOwn);
  editor.mark([{ from: place.from, to: place.to, message }]);
  return fail(`${where(query, place.from)}: ${message}`);
}

const sentenceIn = (text) => parts(text).find((part) => /^[A-Z][a-z]+ .*[a-z]/.test(part));

/** Where a fault is: the engine tells how far it could read, and the editor's parser often an earlier place. */
function faultyPlace(from, text) {
  const first = sentenceIn(text) ? null : editor.firstFault();
  return first && first.from < from ? { ...first, isOwn: true } : { from, to: from + 1, isOwn: false };
}

const parts = (text) => text.replace(/^expected (one of )?/, "").split(/,\s+(?=[["A-Z])/);

/** The parser's words, as a person would say them. */
function expectation(text, rest, isEarlier) {
  const sentence = sentenceIn(text);
  if (sentence) return `${sentence}.`;
  const wanted = isEarlier ? [] : parts(text).filter((part) => !part.startsWith("[") && !/^(LATERAL|"\{\||"~|"<<|SERVICE)/.test(part));
  const seen = /^\s*(\S{1,20})/.exec(rest)?.[1];
  const met = seen ? `“${seen}” is not expected here` : "Something is missing here";
  return wanted.length ? `${met}; possible are ${wanted.join(" ")}.` : `${met}.`;
}

// ---- The answer ----

function present(reply, query, edition, isGraph) {
  clear();
  const reading = names.reading(query);
  const name = current && !isOwn ? current.name : "answer";
  const answer = { name, query, edition, isGraph, reading, reply, boolean: reply.boolean };
  if (isGraph) {
    answer.variables = ["subject", "predicate", "object"];
    answer.rows = reply.triples.map((triple) => triple.slice(0, 3));
    answer.standings = reply.triples.map((triple) => names.tripleStanding(triple));
  } else if (reply.boolean === undefined) {
    answer.variables = columns(query, reply.head.vars);
    answer.rows = reply.results.bindings.map((row) => answer.variables.map((name) => row[name]));
    reading.tellsHow = names.tellsHow(answer.variables, answer.rows);
    answer.standings = answer.rows.map((row) => names.rowStanding(row, reading));
  }
  answered = answer;
  const time = `${reply.milliseconds < 10 ? reply.milliseconds.toFixed(1) : Math.round(reply.milliseconds)} ms`;
  const count = answer.rows?.length;
  const what = isGraph ? "triple" : "row";
  say(answer.boolean === undefined ? `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"} in ${time}` : `${answer.boolean ? "Yes" : "No"}, in ${time}`);
  answer.notes = notes(answer);
  at("notes").replaceChildren(...answer.notes.map(([kind, text]) => html("p", { class: `answer-note is-${kind}` }, text)));
  offer(answer);
  downloads(answer);
}

/** What must be known so that nothing in the answer is taken for a fact that is none. */
function notes(answer) {
  const { reading } = answer;
  const isAsk = answer.boolean !== undefined;
  const found = names.unknown(answer.query).map(({ message }) => ["problem", message]);
  if (answer.isGraph) {
    if (answer.standings.includes("unheld")) found.push(["caution", "Triples marked “not a fact” are not stated by the article in its own voice: the query made them from something else, such as claims."]);
  } else if (reading.kind === "facts") {
    found.push(["facts", factsNote(answer)]);
  } else if (reading.kind === "claims" && (isAsk || isCountOnly(answer) || answer.standings.includes("claimed"))) {
    found.push(["caution", claimsNote(answer)]);
  } else if (reading.isAbsent) {
    found.push(["caution", "With OPTIONAL, MINUS or NOT EXISTS a row can rest on what no fact says. That does not make it false: it may be reported, planned, possible, denied or unknown."]);
  } else if (reading.isOpen) {
    found.push(["caution", "The query leaves the property open: rows can be facts, descriptions, or parts of claims."]);
  }
  if (isEmpty(answer) && (answer.isGraph || (reading.kind !== "facts" && !reading.isAbsent))) {
    found.push(["caution", "That nothing is found does not make it false: nothing may be said of it, or only in other words."]);
  }
  return found;
}

const isEmpty = ({ boolean, rows }) => boolean === false || rows?.length === 0;

/** Whether an answer has counts of claims, and not how sure these are. */
const isCountOnly = ({ reading, rows }) => reading.isCount && !reading.tellsHow && rows.length > 0;

function factsNote(answer) {
  const { edition } = answer;
  const isInferred = edition === "inferred";
  const more = isInferred ? " and what follows from them" : "";
  const sentences = [`Facts only: the query asks bare triples, which are what the article states in its own voice${more}.`];
  if (isEmpty(answer)) sentences.push("That no fact says so does not make it false: it may be reported, planned, possible, denied or unknown.");
  if (isEmpty(answer) && !isInferred) sentences.push("Inferences add what follows, such as the other direction of a border.");
  return sentences.join(" ");
}

function claimsNote(answer) {
  const { reading, boolean } = answer;
  const words = [...new Set(reading.factualities)];
  const which = words.length
    ? `The query names what is ${words.join(", ")}.`
    : "Claims can be reported, planned, expected, possible, denied or unknown.";
  if (boolean !== undefined) return `The answer rests on claims, which are not facts by themselves. ${which}`;
  if (isCountOnly(answer)) return `What is counted are claims, which are not facts by themselves. ${which} Group by ?factuality too, to see how many are how sure.`;
  return `Rows from claims are not facts by themselves. ${which} Select ?claim or ?factuality too, to see how sure each is.`;
}

function offer(answer) {
  const views = { Table: () => table(answer, cells) };
  if (answer.boolean !== undefined) views.Table = () => [html("p", { class: "verdict" }, answer.boolean ? "Yes" : "No")];
  else if (!answer.rows.length) views.Table = () => [html("p", {}, "Nothing was found.")];
  else {
    if (hasPlaces(answer, names)) views.Map = () => map(answer, cells);
    if (hasDates(answer)) views.Timeline = () => timeline(answer, cells);
    if (edges(answer, cells).length) views.Graph = () => graph(answer, cells);
  }
  views.JSON = () => json(answer);
  const buttons = Object.keys(views).map((name) => html("button", { type: "button", "aria-pressed": "false", onclick: () => open(name) }, name));
  const open = (name) => {
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
    at("view").replaceChildren(...views[name]().filter(Boolean));
  };
  at("views").replaceChildren(...buttons);
  answer.redraw = () => open(buttons.find((button) => button.getAttribute("aria-pressed") === "true").textContent);
  open("Table");
}

function json({ reply }) {
  const { milliseconds, triples, ...plain } = reply;
  const whole = JSON.stringify(triples ? triples.map((triple) => triple.slice(0, 3)) : plain, null, 2);
  const note = whole.length > LONGEST ? html("p", { class: "hint" }, "Only the beginning is shown; the download has all of it.") : null;
  return [note, html("pre", { class: "code", tabindex: "0" }, html("code", {}, whole.slice(0, LONGEST)))];
}

function downloads(answer) {
  const formats = answer.isGraph ? GRAPHS : answer.boolean === undefined ? ROWS : { JSON: ROWS.JSON, XML: ROWS.XML };
  const buttons = Object.entries(formats).map(([name, [format, ending]]) =>
    html("button", { type: "button", class: "link", onclick: () => save(answer, format, ending) }, name),
  );
  at("formats").replaceChildren(...buttons);
  at("save").hidden = false;
  at("save-note").textContent = saveNote(answer, Object.keys(formats));
}

/** What must be known of the files in which an answer is saved: only some have a place for how its rows stand. */
function saveNote(answer, formats) {
  if (answer.rows?.length === 0) return "";
  const isMarked = !answer.isGraph && isApart(answer, names);
  const bare = formats.filter((name) => !(isMarked && Object.hasOwn(WRITERS, name)));
  const cautions = answer.notes.filter(([kind]) => kind === "caution").map(([, text]) => text);
  const told = isMarked ? [`CSV and TSV get a column that says how each row stands; ${bare.join(" and ")} have no place for it.`] : [];
  return [...told, ...cautions].join(" ");
}

async function written(answer, format, ending) {
  const write = WRITERS[ending.toUpperCase()];
  if (write && isApart(answer, names)) return write(withStandings(answer, cells.words));
  const query = answer.isGraph ? answer.query : withColumns(answer.query, answer.variables);
  return (await engine.ask({ query, format }, answer.edition, Number(at("limit").value))).text;
}

async function save(answer, format, ending) {
  const mine = (turn += 1);
  busy(true);
  try {
    const text = await written(answer, format, ending);
    const address = URL.createObjectURL(new Blob([text], { type: format }));
    html("a", { href: address, download: `${answer.name}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say(`Saved as ${ending}.`);
  } catch (error) {
    if (mine === turn) refused(error, answer.query);
  } finally {
    if (mine === turn) busy(false);
  }
}

async function copyLink() {
  const address = String(new URL(state(), location.href));
  history.replaceState(null, "", state());
  try {
    await navigator.clipboard.writeText(address);
    say("The link is copied.");
  } catch {
    say("The address of this page is the link.");
  }
}

// ---- The start ----

function start() {
  at("app").hidden = at("search-field").hidden = false;
  at("app").parentElement.classList.add("is-on");
  editor = openEditor(at("editor"), terms, { run, changed });
  const list = at("questions");
  searchable(list, at("search"), at("no-question"));
  if (matchMedia("(max-width: 59.99rem)").matches) list.closest("details").open = false;
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-question]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (matchMedia("(max-width: 59.99rem)").matches) list.closest("details").open = false;
    const next = `#name=${link.dataset.question}`;
    if (location.hash === next) read();
    else location.hash = next;
    at("question").focus({ preventScroll: false });
  });
  at("run").addEventListener("click", run);
  at("stop").addEventListener("click", () => engine.stop());
  at("inferred").addEventListener("change", run);
  at("prefixed").addEventListener("change", (event) => {
    cells.prefixed = event.target.checked;
    answered?.redraw();
  });
  at("new").addEventListener("click", () => {
    own("SELECT ?who ?whom\nWHERE {\n  ?who wk:metWith ?whom .\n}\nORDER BY ?who ?whom\n");
    editor.view.focus();
  });
  at("copy").addEventListener("click", copyLink);
  window.addEventListener("hashchange", read);
  read();
}

if (location.protocol === "file:") at("from-file").hidden = false;
else if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") at("too-old").hidden = false;
else start();
