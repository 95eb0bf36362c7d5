// The dated rows of an answer in the order of time: a bar from the first to the last day. Only facts are filled.

import { isDate } from "./cells.js";
import { html } from "./dom.js";

const DAY = 86_400_000;

const day = (term) => Date.parse(`${term.value.slice(0, 10)}T00:00:00Z`);

function span(row) {
  const days = row.filter(isDate).map(day).filter(Number.isFinite);
  return days.length ? [Math.min(...days), Math.max(...days)] : null;
}

export const hasDates = ({ rows }) => rows.some(span);

const told = (time) => new Date(time).toISOString().slice(0, 10);

export function timeline(answer, cells) {
  const { variables, rows, standings } = answer;
  const entries = rows
    .map((row, number) => ({ row, span: span(row), standing: standings[number] }))
    .filter((entry) => entry.span)
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  const first = Math.min(...entries.map((entry) => entry.span[0]));
  const last = Math.max(...entries.map((entry) => entry.span[1])) + DAY;
  const percent = (time) => `${(((time - first) / (last - first)) * 100).toFixed(2)}%`;
  const items = entries.map(({ row, span: [from, until], standing }) => {
    const bar = html("span", { class: `bar is-${standing || "plain"}` });
    bar.style.left = percent(from);
    bar.style.width = `max(0.5rem, ${(((until + DAY - from) / (last - first)) * 100).toFixed(2)}%)`;
    const when = from === until ? told(from) : `${told(from)} to ${told(until)}`;
    const claim = row.find((term) => term && cells.names.claims.has(term.value));
    return html(
      "li",
      {},
      html("p", {}, standing ? cells.badge(standing) : null, ` ${cells.title(variables, row)} `, claim ? cells.cell(claim, row) : null, html("span", { class: "when" }, when)),
      html("div", { class: "track", "aria-hidden": "true" }, bar),
    );
  });
  const undated = rows.length - entries.length;
  const range = html("p", { class: "range" }, html("span", {}, told(first)), html("span", {}, told(last - DAY)));
  const note = undated ? html("p", { class: "hint" }, `${undated} row${undated === 1 ? " has" : "s have"} no date and is not shown.`.replace("have no date and is", "have no date and are")) : null;
  return [range, html("ol", { class: "moments" }, items), note];
}
