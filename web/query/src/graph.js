// An answer as a graph: nodes and edges laid out by stress majorization; an edge that is no fact is dashed.

import { svg, html, scroll } from "./dom.js";

const FAR = 3; // how many steps apart parts are kept that nothing connects
const MOST = 60; // nodes: more cannot be told apart

/** The edges of an answer: of subject, predicate, object; else of two columns of IRIs. */
export function edges({ variables, rows, standings }, cells) {
  const { names } = cells;
  const columns = edgeColumns(variables, rows, names);
  if (!columns) return [];
  const [from, by, to] = columns;
  const found = new Map();
  rows.forEach((row, number) => {
    if (!row[from] || !row[to]) return;
    const label = by === null ? (variables[to].length > 2 ? variables[to] : "") : row[by] ? cells.text(row[by]) : "";
    const edge = { from: key(row[from]), to: key(row[to]), terms: [row[from], row[to]], label, standing: standings[number] };
    found.set([edge.from, edge.to, label, edge.standing].join("\n"), edge);
  });
  return [...found.values()];
}

const key = (term) => `${term.type} ${term.value}`;

function edgeColumns(variables, rows, names) {
  const triple = ["subject", "predicate", "object"].map((name) => variables.indexOf(name));
  if (triple.every((column) => column >= 0)) return triple;
  const isNode = (term) => term?.type === "uri" && !names.claims.has(term.value) && !names.factualities.has(term.value) && !term.value.startsWith(`${names.data.base}article/`);
  const columns = variables.map((_, column) => column).filter((column) => rows.some((row) => isNode(row[column])) && rows.every((row) => !row[column] || isNode(row[column])));
  const isProperty = (column) => rows.every((row) => !row[column] || names.claimable.has(row[column].value));
  const by = columns.find((column) => rows.length && isProperty(column));
  const nodes = columns.filter((column) => column !== by);
  return nodes.length < 2 ? null : [nodes[0], by ?? null, nodes[1]];
}

/** The lengths of the shortest ways between all nodes; those without a way are far apart. */
function distances(count, links) {
  const next = Array.from({ length: count }, () => []);
  for (const [a, b] of links) {
    next[a].push(b);
    next[b].push(a);
  }
  return next.map((_, start) => {
    const steps = new Array(count).fill(FAR);
    steps[start] = 0;
    const queue = [start];
    const seen = new Set(queue);
    for (const node of queue) {
      for (const other of next[node]) {
        if (seen.has(other)) continue;
        seen.add(other);
        steps[other] = steps[node] + 1;
        queue.push(other);
      }
    }
    return steps;
  });
}

/** Places for nodes whose distances come near those in the graph (Gansner, Koren and North 2004); always the same. */
function layout(count, links) {
  const wanted = distances(count, links);
  let at = Array.from({ length: count }, (_, i) => [Math.cos(i * 2.4) * Math.sqrt(i + 1), Math.sin(i * 2.4) * Math.sqrt(i + 1)]);
  for (let round = 0; round < 150; round += 1) {
    at = at.map((point, i) => {
      const sum = [0, 0, 0];
      at.forEach((other, j) => {
        if (i === j) return;
        const weight = 1 / wanted[i][j] ** 2;
        const [dx, dy] = [point[0] - other[0], point[1] - other[1]];
        const length = Math.hypot(dx, dy) || 1;
        sum[0] += weight * (other[0] + (wanted[i][j] * dx) / length);
        sum[1] += weight * (other[1] + (wanted[i][j] * dy) / length);
        sum[2] += weight;
      });
      return sum[2] ? [sum[0] / sum[2], sum[1] / sum[2]] : point;
    });
  }
  return at;
}

const SIZE = 7.3; // of a letter, in pixels
const wide = (text) => text.length * SIZE + 18;

/** Moves boxes apart that overlap. */
function apart(boxes) {
  for (let round = 0; round < 200; round += 1) {
    let moved = false;
    boxes.forEach((a, i) =>
      boxes.slice(0, i).forEach((b) => {
        const x = (a.width + b.width) / 2 + 14 - Math.abs(a.x - b.x);
        const y = 60 - Math.abs(a.y - b.y); // with room for words between them
        if (x <= 0 || y <= 0) return;
        moved = true;
        const axis = y < x ? "y" : "x";
        const push = (Math.min(x, y) / 2 + 0.5) * (a[axis] < b[axis] ? -1 : 1);
        a[axis] += push;
        b[axis] -= push;
      }),
    );
    if (!moved) return;
  }
}

const cut = (text) => (text.length > 30 ? `${text.slice(0, 29)}…` : text);

export function graph(answer, cells) {
  const links = edges(answer, cells);
  const keys = [...new Set(links.flatMap((edge) => [edge.from, edge.to]))];
  if (keys.length > MOST) return [html("p", {}, `A graph of ${keys.length} nodes could not be read; ask for fewer than ${MOST}.`)];
  const place = new Map(keys.map((each, number) => [each, number]));
  const terms = new Map(links.flatMap((edge) => [[edge.from, edge.terms[0]], [edge.to, edge.terms[1]]]));
  const at = layout(keys.length, links.map((edge) => [place.get(edge.from), place.get(edge.to)]));
  const boxes = keys.map((each, i) => {
    const text = cut(cells.text(terms.get(each)));
    return { x: at[i][0] * 195, y: at[i][1] * 120, text, width: wide(text), term: terms.get(each) };
  });
  apart(boxes);
  return [figure(boxes, links, place, cells)];
}

function figure(boxes, links, place, cells) {
  const left = Math.min(...boxes.map((box) => box.x - box.width / 2)) - 20;
  const right = Math.max(...boxes.map((box) => box.x + box.width / 2)) + 20;
  const [top, bottom] = [Math.min(...boxes.map((box) => box.y)) - 40, Math.max(...boxes.map((box) => box.y)) + 40];
  const arrow = svg("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }, svg("path", { d: "M0 1 10 5 0 9z", class: "arrow" }));
  const drawn = svg("svg", { viewBox: `${left} ${top} ${right - left} ${bottom - top}`, style: `max-width: ${Math.round(right - left)}px; min-width: min(${Math.round(right - left)}px, 44rem)`, class: "result-graph", role: "group", "aria-label": "Graph of the answer" }, svg("defs", {}, arrow));
  const lines = bundled(links);
  lines.forEach((edge) => drawn.append(line(edge, boxes[place.get(edge.from)], boxes[place.get(edge.to)])));
  boxes.forEach((box) => drawn.append(node(box, cells)));
  const taken = boxes.map((box) => ({ ...box, height: 28 }));
  lines.forEach((edge) => drawn.append(words(edge, boxes[place.get(edge.from)], boxes[place.get(edge.to)], taken, cells)));
  const note = "A full line is a fact or a description. A dashed one is not a fact; its words say what it is.";
  return html("figure", { class: "drawing" }, scroll("Graph", drawn), html("figcaption", { class: "hint" }, note));
}

/** Edges between the same two nodes, as one line with several labels; it is full only if all of them are. */
function bundled(links) {
  const found = new Map();
  for (const edge of links) {
    const name = `${edge.from}\n${edge.to}`;
    found.set(name, [...(found.get(name) ?? []), edge]);
  }
  return [...found.values()].map((list) => ({ from: list[0].from, to: list[0].to, list, isOpen: list.some((edge) => !["fact", ""].includes(edge.standing)) }));
}

/** The point where the line from a box to another leaves it. */
function rim(box, other) {
  const [dx, dy] = [other.x - box.x, other.y - box.y];
  const scale = Math.min((box.width / 2 + 2) / (Math.abs(dx) || 1e-6), 16 / (Math.abs(dy) || 1e-6));
  return [box.x + dx * Math.min(scale, 0.5), box.y + dy * Math.min(scale, 0.5)];
}

function line(edge, a, b) {
  const d = a === b ? `M${a.x - 12} ${a.y - 14}c-20 -40 44 -40 24 0` : `M${rim(a, b)}L${rim(b, a)}`;
  return svg("path", { d, class: edge.isOpen ? "edge is-open" : "edge", "marker-end": "url(#arrow)" });
}

const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66];
const BESIDE = [0, -13, 13, -26, 26, -39, 39];

/** How much of a box is covered by others, in square pixels. */
function covered(box, others) {
  const shared = (other, axis, side) => Math.max(0, (box[side] + other[side]) / 2 - Math.abs(box[axis] - other[axis]));
  return others.reduce((sum, other) => sum + shared(other, "x", "width") * shared(other, "y", "height"), 0);
}

/** Where words of this size stand by the line from a to b and cover the least; the first such place. */
function spot(a, b, size, taken) {
  const places = BESIDE.flatMap((beside) => ALONG.map((t) => ({ ...size, x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t + beside })));
  const costs = places.map((each) => covered(each, taken));
  return places[costs.indexOf(Math.min(...costs))];
}

/** The words of a line; `taken` are the boxes that they must not cover, to which they are added. */
function words(edge, a, b, taken, cells) {
  const said = edge.list.map(({ label, standing }) => (["fact", ""].includes(standing) ? label : `${cells.words[standing] ?? standing}: ${label}`));
  const texts = [...new Set(said)].slice(0, 4);
  const size = { width: Math.max(...texts.map((text) => cut(text).length)) * 6, height: texts.length * 13 };
  const found = a === b ? { ...size, x: a.x, y: a.y - 48 } : spot(a, b, size, taken);
  taken.push(found);
  const { x, y } = found;
  const spans = texts.map((text, number) => svg("tspan", { x, dy: number ? 13 : 0 }, cut(text)));
  return svg("text", { x, y: y + 4 - (texts.length - 1) * 6.5, class: "verb", "text-anchor": "middle" }, spans);
}

function node(box, cells) {
  const href = box.term.type === "uri" ? cells.names.href(box.term.value) : null;
  return svg(
    href ? "a" : "g",
    { href, class: box.term.type === "uri" ? "node" : "node is-text" },
    svg("rect", { x: box.x - box.width / 2, y: box.y - 14, width: box.width, height: 28, rx: 6 }),
    svg("text", { x: box.x, y: box.y + 4.5, "text-anchor": "middle" }, box.text),
  );
}
