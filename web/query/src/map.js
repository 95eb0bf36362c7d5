// The places of an answer on a map. A place whose row is no fact is hollow.

import { html, svg } from "./dom.js";

export const hasPlaces = ({ rows }, names) => rows.some((row) => row.some((term) => term && names.places.get(term.value)));

/** The places, each with the standings of the rows that name it. */
function spots({ rows, standings }, names) {
  const found = new Map();
  rows.forEach((row, number) => {
    for (const term of row) {
      if (!term || !names.places.has(term.value)) continue;
      const spot = found.get(term.value) ?? { iri: term.value, standings: new Set(), rows: 0 };
      spot.standings.add(standings[number]);
      spot.rows += 1;
      found.set(term.value, spot);
    }
  });
  return [...found.values()];
}

const HEIGHT = 17;

/** Puts names right of their points, and lower where another name is. */
function placed(list, names) {
  const boxes = [];
  return list
    .map((spot) => ({ ...spot, at: names.places.get(spot.iri), name: names.label(spot.iri) }))
    .sort((a, b) => a.at[1] - b.at[1] || a.at[0] - b.at[0])
    .map((spot) => {
      const width = spot.name.length * 7.4 + 6;
      const isLeft = spot.at[0] + 10 + width > names.data.map.width;
      const x = isLeft ? spot.at[0] - 10 - width : spot.at[0] + 10;
      let y = spot.at[1];
      while (boxes.some((box) => x < box.x + box.width && box.x < x + width && Math.abs(box.y - y) < HEIGHT)) y += 4;
      boxes.push({ x, y, width });
      return { ...spot, textX: isLeft ? spot.at[0] - 10 : x, y, isLeft };
    });
}

export function map(answer, cells) {
  const { names } = cells;
  const { width, height, land, lines, credit } = names.data.map;
  const drawn = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Map of the places in the answer", class: "result-map" },
    svg("rect", { width, height, class: "water" }),
    svg("path", { d: land, class: "land" }),
    svg("path", { d: lines, class: "border" }),
  );
  const found = spots(answer, names);
  for (const spot of placed(found.filter((each) => names.places.get(each.iri)), names)) {
    const standing = ["fact", ""].includes([...spot.standings].join()) ? [...spot.standings].join() : "other";
    const words = [...spot.standings].filter(Boolean).map((each) => cells.words[each] ?? each).join(", ");
    const told = `${spot.name}: ${spot.rows} row${spot.rows === 1 ? "" : "s"}${words ? `, ${words}` : ""}`;
    const href = names.href(spot.iri);
    const isApart = Math.abs(spot.y - spot.at[1]) > 6;
    drawn.append(
      svg(
        href ? "a" : "g",
        { href, "aria-label": told, class: `spot ${standing === "other" ? "is-open" : ""}` },
        svg("title", {}, told),
        isApart ? svg("path", { class: "leader", d: `M${spot.at}L${spot.textX + (spot.isLeft ? 2 : -2)} ${spot.y}` }) : null,
        svg("circle", { cx: spot.at[0], cy: spot.at[1], r: 5 }),
        svg("text", { x: spot.textX, y: spot.y + 4.5, "text-anchor": spot.isLeft ? "end" : "start" }, spot.name),
      ),
    );
  }
  const beyond = found.filter((spot) => !names.places.get(spot.iri)).map((spot) => names.label(spot.iri));
  const aside = beyond.length ? ` Beyond the map: ${beyond.join(", ")}.` : "";
  const note = "A full dot: every row that names the place is a fact or a description. A hollow one: not all are facts.";
  return [html("figure", { class: "drawing" }, drawn, html("figcaption", { class: "hint" }, `${note}${aside} ${credit}.`))];
}
