// An answer as a file with how each row stands: the engine writes only what was selected.

const XSD = "http://www.w3.org/2001/XMLSchema#";

/**
 * Whether rows have standings that their own columns do not tell. A factuality does, but "affirmed" only with its
 * speaker: what somebody else affirms is no fact.
 */
export function isApart({ variables, rows, standings }, names) {
  const words = (row) => row.map((term) => term && names.factualities.get(term.value)).filter(Boolean);
  const isTold = (row, standing) => words(row).some((word) => word === standing || variables.includes("speaker"));
  return Boolean(standings) && rows.some((row, number) => standings[number] && !isTold(row, standings[number]));
}

/** The columns and rows with one column more, which goes first, in the words of the page: {variables, rows}. */
export function withStandings({ variables, rows, standings }, words) {
  let name = "standing";
  while (variables.includes(name)) name += "_of_row";
  const told = standings.map((standing) => (standing ? { type: "literal", value: words[standing] ?? standing } : undefined));
  return { variables: [name, ...variables], rows: rows.map((row, number) => [told[number], ...row]) };
}

/** CSV and TSV as "SPARQL 1.1 Query Results CSV and TSV Formats" has them. */
export const WRITERS = { CSV: csv, TSV: tsv };

function csv({ variables, rows }) {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const plain = (term) => (term ? cell(term.type === "bnode" ? `_:${term.value}` : term.value) : "");
  return [variables.map(cell), ...rows.map((row) => row.map(plain))].map((line) => `${line.join(",")}\r\n`).join("");
}

function tsv({ variables, rows }) {
  const lines = [variables.map((name) => `?${name}`), ...rows.map((row) => row.map(turtle))];
  return lines.map((line) => `${line.join("\t")}\n`).join("");
}

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A term as Turtle writes it. */
function turtle(term) {
  if (!term) return "";
  if (term.type === "uri") return `<${term.value}>`;
  if (term.type === "bnode") return `_:${term.value}`;
  const text = `"${term.value.replace(/[\\"\n\r\t]/g, (sign) => ESCAPES[sign])}"`;
  if (term["xml:lang"]) return `${text}@${term["xml:lang"]}`;
  return term.datatype && term.datatype !== `${XSD}string` ? `${text}^^<${term.datatype}>` : text;
}
