// What a query is made of, without parsing it: enough to bind parameters, add prefixes and refuse what cannot be asked.

const TOKEN = new RegExp(
  [
    String.raw`(?<skip>\s+|#[^\n]*)`,
    String.raw`(?<text>"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`,
    String.raw`(?<iri><[^<>"{}|^${"`"}\\\s]*>)`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
    String.raw`(?<name>[\p{L}\p{N}_.%-]*:(?:[\p{L}\p{N}_.%:-]|\\.)*)`,
    String.raw`(?<word>[A-Za-z_]\w*)`,
    String.raw`(?<sign>.)`,
  ].join("|"),
  "gsu",
);

const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

const REFUSED = {
  SERVICE: "SERVICE would ask another server: a query here sees only this dataset, and nothing leaves your computer.",
  FROM: "FROM chooses a graph, and the dataset is one: leave it out.",
  GRAPH: "GRAPH chooses a graph, and the dataset is one: leave it out.",
};

/** The tokens of a query, without blanks and comments, each with the number of brackets open around it. */
export function tokens(text) {
  const found = [];
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind === "skip") continue;
    if (")}".includes(match[0])) depth -= 1;
    found.push({ kind, text: match[0], from: match.index, to: match.index + match[0].length, depth });
    if ("({".includes(match[0])) depth += 1;
  }
  for (const token of found) {
    // A dot at the end of a name ends the sentence.
    if (token.kind === "name" && token.text.endsWith(".")) {
      token.text = token.text.replace(/\.+$/, "");
      token.to = token.from + token.text.length;
    }
  }
  return found;
}

const isWord = (token, ...words) => token.kind === "word" && words.includes(token.text.toUpperCase());

/** SELECT, ASK, CONSTRUCT or DESCRIBE; "" for what is no query. */
export function form(text) {
  const first = tokens(text).find((token) => token.kind === "word" && !isWord(token, "BASE", "PREFIX"));
  const word = first?.text.toUpperCase() ?? "";
  return FORMS.includes(word) ? word : "";
}

/** The prefixes that a query declares, and the names that it uses: {declared: {wk: "https://…"}, names: [token]}. */
function vocabulary(list) {
  const declared = {};
  const names = [];
  const iris = [];
  list.forEach((token, place) => {
    const [before, after] = [list[place - 1], list[place + 1]];
    if (token.kind === "name" && before && isWord(before, "PREFIX")) {
      if (after?.kind === "iri") declared[token.text.slice(0, -1)] = after.text.slice(1, -1);
    } else if (token.kind === "name") names.push(token);
    else if (token.kind === "iri" && !(list[place - 2] && isWord(list[place - 2], "PREFIX"))) iris.push(token);
  });
  return { declared, names, iris };
}

const prefixOf = (name) => name.slice(0, name.indexOf(":"));

/** The IRIs that a query names: [{token, iri}]; `known` are the prefixes that it need not declare. */
export function named(text, known) {
  const { declared, names, iris } = vocabulary(tokens(text));
  const prefixes = { ...known, ...declared };
  const found = iris.map((token) => ({ token, iri: token.text.slice(1, -1) }));
  for (const token of names) {
    const prefix = prefixOf(token.text);
    if (Object.hasOwn(prefixes, prefix)) {
      const local = token.text.slice(prefix.length + 1).replace(/\\/g, "");
      found.push({ token, iri: prefixes[prefix] + local });
    }
  }
  return found;
}

/** The query with a declaration of each known prefix that it uses and does not declare. */
export function withPrefixes(text, known) {
  const { declared, names } = vocabulary(tokens(text));
  const used = [...new Set(names.map((token) => prefixOf(token.text)))].sort();
  const missing = used.filter((prefix) => Object.hasOwn(known, prefix) && !Object.hasOwn(declared, prefix));
  const lines = missing.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join("");
  return lines && !/^\s*PREFIX\b/i.test(text) ? `${lines}\n${text}` : lines + text;
}

/** What is wrong with a query before it is asked: [{from, to, message}]. */
export function faults(text, known) {
  const list = tokens(text);
  const found = list
    .filter((token) => token.kind === "word" && Object.hasOwn(REFUSED, token.text.toUpperCase()))
    .map((token) => ({ from: token.from, to: token.to, message: REFUSED[token.text.toUpperCase()] }));
  if (!form(text)) {
    const first = list.find((token) => token.kind === "word" && !isWord(token, "BASE", "PREFIX"));
    const message = first
      ? "A query is a SELECT, ASK, CONSTRUCT or DESCRIBE; nothing can be changed here."
      : "Write a query: SELECT, ASK, CONSTRUCT or DESCRIBE.";
    found.push({ from: first?.from ?? 0, to: first?.to ?? 0, message });
  }
  const { declared, names } = vocabulary(list);
  const prefixes = [...Object.keys(known), ...Object.keys(declared)];
  for (const token of names) {
    const prefix = prefixOf(token.text);
    if (prefixes.includes(prefix) || prefix === "_") continue;
    const near = nearest(prefix, prefixes);
    const hint = near === undefined ? "Declare it with PREFIX." : `Did you mean ${near}:?`;
    found.push({ from: token.from, to: token.to, message: `No prefix is called ${prefix}:. ${hint}` });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The query with values for variables, as a VALUES block that opens its WHERE part; `values` is {name: SPARQL term}. */
export function bind(text, values) {
  const names = Object.keys(values).sort();
  if (!names.length) return text;
  const list = tokens(text);
  const isConstruct = list.some((token) => token.depth === 0 && isWord(token, "CONSTRUCT"));
  const opened = list.filter((token) => token.text === "{" && token.depth === 0).slice(isConstruct ? 1 : 0);
  const place = opened[0].to;
  const written = names.map((name) => values[name]);
  const block =
    names.length === 1
      ? `VALUES ?${names[0]} { ${written[0]} }`
      : `VALUES (${names.map((name) => `?${name}`).join(" ")}) { (${written.join(" ")}) }`;
  return `${text.slice(0, place)}\n  ${block}${text.slice(place)}`;
}

/** A literal as SPARQL writes it. */
export function literal(text, datatype) {
  const escaped = text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return datatype ? `"${escaped}"^^${datatype}` : `"${escaped}"`;
}

/** Whether a property is left open: a variable stands where the property of a triple does. */
export function leavesPropertyOpen(text) {
  let place = 0; // of the next term in its triple
  let skipped = Infinity; // inside of brackets that hold no triples, until this depth
  const list = tokens(text);
  let isInside = false; // what a SELECT names is no triple
  for (const [number, token] of list.entries()) {
    isInside ||= token.text === "{";
    if (!isInside) continue;
    if (token.depth <= skipped && ")}".includes(token.text)) skipped = Infinity;
    if (skipped < token.depth) continue;
    if (token.depth === 0 && token.text !== "{") continue;
    if (isWord(token, "FILTER", "BIND", "VALUES")) skipped = token.depth;
    const isTerm = ["iri", "name", "variable", "text"].includes(token.kind) || isWord(token, "A", "TRUE", "FALSE");
    const isOpen = token.kind === "variable" || token.text === "!"; // or a property that is only not some other
    if (place === 1 && isOpen) return true;
    if (isTerm) place += 1;
    else if ("{}.".includes(token.text)) place = 0;
    else if (";[".includes(token.text)) place = 1;
    else if (token.text === ",") place = 2;
    else if ("/|".includes(token.text)) place = 1;
    else if (token.text === "]") place = list[number + 1]?.text === "." ? 0 : place;
  }
  return false;
}

/** The star of SELECT *, if any. */
function star(list) {
  const selected = list.findIndex((token) => isWord(token, "SELECT"));
  return list.slice(selected, selected + 3).find((token) => token.text === "*");
}

/** The columns as selected; those of SELECT *, which each engine orders in its own way, as mentioned. */
export function columns(text, names) {
  const list = tokens(text);
  if (!star(list)) return names;
  const mentioned = list.filter((token) => token.kind === "variable").map((token) => token.text.slice(1));
  return [...names].sort((a, b) => mentioned.indexOf(a) - mentioned.indexOf(b));
}

/** The query with these columns in place of the star of SELECT *, so that they keep their order in a file too. */
export function withColumns(text, names) {
  const found = star(tokens(text));
  if (!found || !names?.length) return text;
  return `${text.slice(0, found.from)}${names.map((name) => `?${name}`).join(" ")}${text.slice(found.to)}`;
}

/** Whether a query counts. */
export const counts = (text) => tokens(text).some((token) => isWord(token, "COUNT"));

/** Whether rows of a query can rest on what is not there. */
export function asksForAbsence(text) {
  const list = tokens(text);
  const isNegated = list.some((token) => isWord(token, "NOT") || token.text === "!");
  return list.some((token) => isWord(token, "MINUS", "OPTIONAL") || (isNegated && isWord(token, "EXISTS")));
}

const LOOSE = ["UNION", "BIND", "IF", "COALESCE", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"];

/** Whether each row of a query needs every triple in it: no choice, no count, no path of no steps, nothing absent. */
export function needsEveryTriple(text) {
  const list = tokens(text);
  const isAll = (number) => isWord(list[number - 1] ?? {}, "SELECT", "DISTINCT", "REDUCED");
  const isLoose = (token, number) => isWord(token, ...LOOSE) || token.text === "?" || (token.text === "*" && !isAll(number));
  return !asksForAbsence(text) && !list.some(isLoose);
}

/** The one of `words` that `word` is most likely a misspelling of, if any. */
export function nearest(word, words) {
  const limit = Math.max(1, Math.floor(word.length / 4));
  let best;
  for (const other of words) {
    if (Math.abs(other.length - word.length) > limit) continue;
    if (other.replace(/\D/g, "") !== word.replace(/\D/g, "")) continue; // other numbers are other names
    const steps = distance(word.toLowerCase(), other.toLowerCase()) + (other[0] === word[0] ? 0 : 0.5);
    if (steps <= limit + 0.5 && (!best || steps < best.steps)) best = { other, steps };
  }
  return best?.other;
}

/** How many letters must be changed, added, dropped or exchanged with their neighbors. */
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, rows[i - 2][j - 2] + 1);
      rows[i].push(steps);
    }
  }
  return rows[a.length][b.length];
}
