// An answer as a table that can be sorted by any column.

import { isDate, isNumber } from "./cells.js";
import { html, scroll } from "./dom.js";

const STEP = 500; // rows that are shown at first, and more by each press of the button

const order = new Intl.Collator("en", { numeric: true });

function compare(a, b, cells) {
  if (!a || !b) return Boolean(b) - Boolean(a); // what is not there goes last
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return order.compare(cells.text(a), cells.text(b));
}

/**
 * The table of an answer. How each row stands to the facts comes first, so that it is in sight on a phone too; where a
 * column of factualities says the same, a wide window shows only that.
 */
export function table({ variables, rows, standings }, cells) {
  const standing = new Map(rows.map((row, number) => [row, standings[number]]));
  const isToldTwice = rows.every((row) => !standing.get(row) || row.some((term) => term && cells.names.factualities.has(term.value)));
  const stands = `stands${isToldTwice ? " told-twice" : ""}`;
  const hasStandings = standings.some(Boolean);
  const lead = (row) => hasStandings && html("th", { scope: "row", class: stands }, standing.get(row) ? cells.badge(standing.get(row)) : null);
  const body = html("tbody");
  const headers = variables.map((name, column) => {
    const isRight = rows.length > 0 && rows.every((row) => !row[column] || isNumber(row[column]));
    const button = html("button", { type: "button", class: "sort", onclick: () => sort(column) }, name, html("span", { "aria-hidden": "true" }));
    return html("th", { scope: "col", class: isRight ? "number" : null }, button);
  });
  const classes = headers.map((header) => header.className);
  const more = html("button", { type: "button", class: "button quiet", onclick: () => show(shown + STEP) });
  let sorted = rows;
  let shown = 0;

  function show(count) {
    shown = Math.min(count, sorted.length);
    body.replaceChildren(
      ...sorted.slice(0, shown).map((row) =>
        html("tr", {}, lead(row), row.map((term, column) => html("td", { class: classes[column] || (isDate(term) ? "date" : null) }, cells.cell(term, row)))),
      ),
    );
    more.hidden = shown === sorted.length;
    more.textContent = `Show more: ${(sorted.length - shown).toLocaleString("en")} of ${sorted.length.toLocaleString("en")} rows are not shown`;
  }

  function sort(column) {
    const wasUp = headers[column].getAttribute("aria-sort") === "ascending";
    headers.forEach((header) => header.removeAttribute("aria-sort"));
    headers[column].setAttribute("aria-sort", wasUp ? "descending" : "ascending");
    const sign = wasUp ? -1 : 1;
    sorted = [...rows].sort((a, b) => {
      if (!a[column] || !b[column]) return compare(a[column], b[column], cells);
      return sign * compare(a[column], b[column], cells);
    });
    show(shown);
  }

  show(STEP);
  const caption = html("caption", { class: "visually-hidden" }, "Answer");
  return [scroll("Table of the answer", html("table", {}, caption, html("thead", {}, html("tr", {}, hasStandings ? html("th", { scope: "col", class: stands }, "standing") : null, headers)), body)), more];
}
