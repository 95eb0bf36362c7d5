// Filters a list or a table by the form above it; the state of the form is the fragment of the address.
// Without scripts the form stays hidden and everything is shown.
"use strict";

for (const form of document.querySelectorAll("form[data-filter]")) {
  const name = form.dataset.filter;
  const list = document.querySelector(`[data-filtered="${name}"]`);
  const items = [...list.querySelectorAll("[data-words], tbody tr")];
  const groups = [...list.querySelectorAll("[data-group]")];
  const fields = [...form.elements].filter((field) => field.name);
  const count = form.querySelector("[data-count]");
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{Mark}/gu, "").replace(/[\u2010-\u2015]/g, "-").toLowerCase();
  const number = (some) => new Set(some.map((item) => item.dataset.key ?? item)).size; // what stands twice counts once
  const total = number(items);
  const words = new Map(items.map((item) => [item, fold(`${item.dataset.words ?? ""} ${item.textContent}`)]));

  const fits = (item) =>
    fields.every((field) => {
      if (!field.value) return true;
      if (field.type === "search") {
        return fold(field.value).split(/\s+/).every((word) => words.get(item).includes(word));
      }
      return item.dataset[field.name] === field.value;
    });

  const show = () => {
    for (const item of items) item.hidden = !fits(item);
    for (const group of groups) group.hidden = !group.querySelector("[data-words]:not([hidden])");
    const all = fields.every((field) => !field.value);
    count.textContent = all ? "" : `${number(items.filter((item) => !item.hidden))} of ${total}`;
  };

  const read = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      const value = state.get(field.name) ?? "";
      const known = field.type === "search" || [...field.options].some((option) => option.value === value);
      field.value = known ? value : "";
    }
    show();
  };

  const write = () => {
    const state = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    history.replaceState(null, "", `#${state}`);
    show();
  };

  form.hidden = false;
  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  read();
}
