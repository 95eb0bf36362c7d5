// Small helpers that make elements; text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
  return node;
}

export const html = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);
export const svg = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, name), attributes, children);

/** The mark of a standing, for sighted readers; its word must stand beside it. */
export function mark(path) {
  return svg("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { "fill-rule": "evenodd", d: path }));
}

export function badge(standing, marks, words) {
  return html("span", { class: `badge is-${standing}` }, mark(marks[standing]), words[standing] ?? standing);
}

/** A box that scrolls by itself, with the keyboard too. */
export const scroll = (label, child) => html("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, child);
