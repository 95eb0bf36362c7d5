// The editor: CodeMirror with the words of SPARQL and the terms of the dataset.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeFromList, completionKeymap } from "@codemirror/autocomplete";
import { HighlightStyle, bracketMatching, ensureSyntaxTree, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import { sparql } from "codemirror-lang-sparql";

const WORDS =
  "SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES EXISTS NOT ORDER GROUP BY HAVING LIMIT OFFSET PREFIX COUNT SUM MIN MAX AVG GROUP_CONCAT COALESCE BOUND CONTAINS STRSTARTS REGEX LANG STR";

const style = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--string)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--link)" },
  { tag: tags.variableName, color: "var(--accent)" },
  { tag: [tags.comment, tags.annotation], color: "var(--faint)" },
]);

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--card)", color: "var(--ink)", fontSize: "0.875rem", maxHeight: "26rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "0" },
  ".cm-line": { padding: "0 0.8rem 0 0.4rem" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--link) 24%, transparent) !important" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", border: "1px solid var(--strong-line)", borderRadius: "0.35rem" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxWidth: "min(40rem, 92vw)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", opacity: "0.85" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", maxWidth: "32rem" },
});

/** Completes terms of the dataset by prefixed name or by label, variables of the query, and words. */
function completions(terms) {
  const words = completeFromList(WORDS.split(" ").map((label) => ({ label, type: "keyword", boost: -50 })));
  return (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return variables(context, variable);
    const word = context.matchBefore(/[A-Za-z][\w-]*(:[\w-]*)?|:/);
    if (!word && !context.explicit) return null;
    if (word?.text.includes(":")) return { from: word.from, options: terms, validFor: /^[\w-]*:[\w-]*$/ };
    const plain = words(context);
    const byLabel = terms.map((term) => ({ ...term, label: term.detail || term.label, detail: term.label, apply: term.label }));
    return { from: word?.from ?? context.pos, options: [...(plain?.options ?? []), ...byLabel], validFor: /^[\w-]*$/ };
  };
}

function variables(context, word) {
  const found = new Set(context.state.doc.toString().match(/[?$]\w+/g));
  found.delete(word.text);
  return { from: word.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
}

/** Opens an editor in `parent`; calls `run` on Ctrl+Enter and `changed` when its user changes the text. */
export function openEditor(parent, terms, { run, changed }) {
  let quiet = false;
  const view = new EditorView({
    parent,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      minimalSetup,
      lineNumbers(),
      bracketMatching(),
      closeBrackets(),
      keymap.of([...closeBracketsKeymap, ...completionKeymap]),
      sparql(),
      syntaxHighlighting(style),
      theme,
      EditorView.lineWrapping,
      autocompletion({ override: [completions(terms)], icons: false }),
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query", tabindex: "0", spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !quiet) changed();
      }),
    ],
  });
  return {
    view,
    get value() {
      return view.state.doc.toString();
    },
    set value(text) {
      if (text === this.value) return;
      quiet = true;
      const old = this.value;
      const isLonger = text.endsWith(old); // prefixes were added: the cursor stays where it is
      const changes = isLonger ? { from: 0, insert: text.slice(0, text.length - old.length) } : { from: 0, to: old.length, insert: text };
      view.dispatch({ changes });
      quiet = false;
    },
    /** Marks places: [{from, to, message, severity}]. */
    mark(places) {
      const length = view.state.doc.length;
      const marks = places.map(({ from, to, message, severity = "error" }) => {
        const start = Math.min(from, Math.max(0, length - 1));
        return { from: start, to: Math.min(Math.max(to, start + 1), length), message, severity };
      });
      view.dispatch(setDiagnostics(view.state, marks));
    },
    /** The first place where the text is not SPARQL, by the editor's own parser, which goes on after a fault. */
    firstFault() {
      let found = null;
      ensureSyntaxTree(view.state, view.state.doc.length, 500)?.iterate({
        enter: (node) => {
          if (node.type.isError && !found) found = { from: node.from, to: Math.max(node.to, node.from + 1) };
        },
      });
      return found;
    },
    /** The place of a line and column, both counted from 1. */
    place(line, column) {
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      return Math.min(from + column - 1, to);
    },
  };
}
