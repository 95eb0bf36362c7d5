// Cut the borders that the map draws out of world-atlas, and write them as a small TopoJSON file with its source in it.
// Run `npm ci && npm run cut` here after a change; the same package gives the same bytes.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const TARGET = new URL("../../src/wakhan/drawing/borders.json", import.meta.url);

const REGION = [24, 4, 136, 66]; // west, south, east, north, in degrees
const CORE = [44, 24, 98, 54]; // where the map is drawn large
const GRID = 0.01; // degrees; a quarter of a pixel where the map is 1,200 wide
const SPACING = { core: 0.03, region: 0.12, outside: 2.5 }; // the least distance of two points, in degrees

// ISO 3166-1: the numbers of world-atlas and the two letters of the data.
const CODES = {
  "004": "AF", "031": "AZ", "048": "BH", "050": "BD", "051": "AM", "056": "BE", "064": "BT", "100": "BG", "104": "MM",
  "112": "BY", "116": "KH", "144": "LK", "156": "CN", "158": "TW", "196": "CY", "203": "CZ", "231": "ET", "232": "ER",
  "233": "EE", "246": "FI", "262": "DJ", "268": "GE", "275": "PS", "300": "GR", "344": "HK", "356": "IN", "364": "IR",
  "368": "IQ", "376": "IL", "392": "JP", "398": "KZ", "400": "JO", "408": "KP", "410": "KR", "414": "KW", "417": "KG",
  "418": "LA", "422": "LB", "428": "LV", "440": "LT", "446": "MO", "458": "MY", "462": "MV", "496": "MN", "498": "MD",
  "512": "OM", "524": "NP", "578": "NO", "586": "PK", "608": "PH", "616": "PL", "634": "QA", "642": "RO", "643": "RU",
  "682": "SA", "702": "SG", "704": "VN", "706": "SO", "728": "SS", "729": "SD", "760": "SY", "762": "TJ", "764": "TH",
  "784": "AE", "792": "TR", "795": "TM", "804": "UA", "818": "EG", "860": "UZ", "887": "YE",
};

const within = ([west, south, east, north]) => ([x, y]) => west <= x && x <= east && south <= y && y <= north;
const inRegion = within(REGION);
const inCore = within(CORE);

const path = require.resolve("world-atlas/countries-50m.json");
const bytes = readFileSync(path);
const atlas = JSON.parse(bytes);
const { version } = JSON.parse(readFileSync(require.resolve("world-atlas/package.json")));
const notice = readFileSync(require.resolve("world-atlas/LICENSE"), "utf8").trim();

function decoded(arc) {
  const { scale, translate } = atlas.transform;
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

function thinned(points) {
  const spacing = (point) => SPACING[inCore(point) ? "core" : inRegion(point) ? "region" : "outside"];
  const kept = [points[0]];
  for (const point of points.slice(1, -1)) {
    const [x, y] = kept.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) >= spacing(point)) kept.push(point);
  }
  return [...kept, points.at(-1)];
}

function encoded(points) {
  const cells = points.map(([x, y]) => [Math.round(x / GRID), Math.round(y / GRID)]);
  const steps = cells.map(([x, y], i) => (i ? [x - cells[i - 1][0], y - cells[i - 1][1]] : [x, y]));
  const moving = steps.filter(([dx, dy], i) => i === 0 || dx || dy);
  return moving.length > 1 ? moving : [...moving, [0, 0]];
}

const arcs = atlas.arcs.map(decoded);
const used = new Map(); // the number of an arc in world-atlas to its number here

function renumbered(arc) {
  const [old, backward] = arc < 0 ? [~arc, true] : [arc, false];
  if (!used.has(old)) used.set(old, used.size);
  return backward ? ~used.get(old) : used.get(old);
}

function cut(country) {
  const polygons = country.type === "Polygon" ? [country.arcs] : (country.arcs ?? []);
  const touches = (ring) => ring.some((arc) => arcs[arc < 0 ? ~arc : arc].some(inRegion));
  const kept = polygons.filter((polygon) => touches(polygon[0]));
  if (!kept.length) return [];
  const { name } = country.properties;
  const code = CODES[country.id];
  return [
    {
      type: "MultiPolygon",
      ...(code ? { id: code } : {}),
      properties: { name },
      arcs: kept.map((polygon) => polygon.filter(touches).map((ring) => ring.map(renumbered))),
    },
  ];
}

const byName = (a, b) => (a.properties.name < b.properties.name ? -1 : 1);
const geometries = atlas.objects.countries.geometries.toSorted(byName).flatMap(cut);

const topology = {
  type: "Topology",
  title: "Borders of Central Asia and its neighbors, 1:50 million",
  source: `Natural Earth, as in countries-50m.json of the npm package world-atlas ${version}`,
  sourceSha256: createHash("sha256").update(bytes).digest("hex"),
  sourceUrl: "https://www.naturalearthdata.com/",
  license: "Natural Earth: public domain; world-atlas: ISC",
  notice,
  changes: "Cut to a region, thinned, rounded to 0.01 degrees; countries have the two letters of ISO 3166-1.",
  version,
  bbox: REGION,
  transform: { scale: [GRID, GRID], translate: [0, 0] },
  objects: { countries: { type: "GeometryCollection", geometries } },
  arcs: [...used.keys()].map((old) => encoded(thinned(arcs[old]))),
};
const lines = topology.arcs.map((arc) => JSON.stringify(arc)).join(",\n");
const head = JSON.stringify({ ...topology, arcs: 0 }, null, 0).replace(/"arcs":0\}$/, "");
writeFileSync(TARGET, `${head}\n"arcs":[\n${lines}\n]}\n`);
