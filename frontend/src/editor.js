// The editor: CodeMirror in a shadow root, where its styles are constructed sheets, which a strict policy lets through.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentService, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { complete, nameOver } from "./completion.js";
import { lang, say } from "./words.js";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--accent)" },
  { tag: tags.local(tags.variableName), color: "var(--focus)" },
  { tag: tags.atom, color: "var(--ink)" },
  { tag: tags.string, color: "var(--string)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.bracket, tags.operator, tags.meta], color: "var(--soft)" },
]);

const theme = EditorView.theme({
  "&": { background: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".4rem", fontSize: ".92rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "14rem", maxHeight: "60vh", borderRadius: ".4rem" },
  ".cm-content": { padding: ".6rem 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "transparent", color: "var(--soft)", border: "none" },
  ".cm-activeLine": { background: "color-mix(in srgb, var(--mark) 22%, transparent)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { background: "var(--mark) !important" },
  ".cm-matchingBracket": { background: "var(--mark) !important" },
  ".cm-tooltip": { background: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".4rem", padding: ".2rem", fontFamily: "var(--sans)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "18em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .5rem", borderRadius: ".25rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--ink)", color: "var(--paper)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", marginLeft: ".9em", color: "var(--soft)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-panels": { background: "var(--paper)", color: "var(--ink)" },
  ".cm-diagnostic": { borderLeftColor: "var(--fault)" },
  ".cm-lint-marker-error": { content: "''", width: ".6rem", height: ".6rem", borderRadius: "50%", background: "var(--fault)", margin: ".5em auto 0" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--fault)" },
});

// a new line begins where the one before it does, two further after an opening brace
const steps = indentService.of((context, at) => {
  const { text } = context.lineAt(at, -1);
  return text.length - text.trimStart().length + (/\{\s*$/.test(text) ? 2 : 0);
});

/** Put an editor in the place of the text field `field`, with which it stays equal. Returns the view. */
export function mountEditor(field, run) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  field.hidden = true;
  field.after(host);
  const attributes = { "aria-label": say("editor"), "aria-describedby": "keys", lang: lang === "zh" ? "zh-Hans" : "en" };
  return new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(),
        lintGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        steps,
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        autocompletion({ override: [complete], maxRenderedOptions: 80, activateOnTypingDelay: 60 }),
        nameOver,
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
      ],
    }),
  });
}

/** Put `text` into the editor, as one step that can be undone. */
export function replaceText(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
}

/** Mark line `number` with what is wrong there; without a number take the marks away. */
export function markLine(view, number, message) {
  const marks = [];
  if (number) {
    const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
    const from = line.from + (line.text.length - line.text.trimStart().length);
    marks.push({ from: Math.min(from, line.to), to: line.to, severity: "error", message });
    view.dispatch({ selection: { anchor: line.to }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  }
  view.dispatch(setDiagnostics(view.state, marks));
}
