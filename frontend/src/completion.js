// What may come next: variables of the query, words of SPARQL, prefixes, terms of the graph, and things by their names.
import { hoverTooltip } from "@codemirror/view";
import { lang, say } from "./words.js";

const WORDS =
  "SELECT DISTINCT WHERE GRAPH OPTIONAL FILTER UNION MINUS VALUES BIND AS ORDER BY ASC DESC LIMIT OFFSET GROUP HAVING CONSTRUCT ASK DESCRIBE EXISTS NOT IN UNDEF PREFIX COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND REGEX CONTAINS STRSTARTS STRENDS STRLEN SUBSTR REPLACE CONCAT COALESCE IF ISIRI YEAR MONTH DAY".split(
    " ",
  );
const TYPED = /[\p{L}\p{N}_:.·“”-]+/u;
const MOST = 60;
const ICON = { class: "class", property: "property", concept: "enum" };
const called = new Map(); // names of what was offered, for the hint over an IRI

const vocabulary = fetch("/sparql/terms", { headers: { Accept: "application/json" } })
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
  .then(({ prefixes, graphs, terms }) => {
    for (const term of terms) called.set(term.name, term[lang] || term.zh || term.en);
    return { prefixes, graphs, terms };
  })
  .catch(() => ({ prefixes: [], graphs: [], terms: [] })); // the editor still edits

/** Say where in a triple the cursor stands: "predicate", "class" (after `a`), "graph" or "". */
export function position(before) {
  const plain = before
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "s")
    .replace(/<[^>\s]*>/g, "i")
    .replace(/#[^\n]*/g, " ");
  if (/\bGRAPH\s+$/i.test(plain)) return "graph";
  const since = Math.max(...["{", "}", ";", ". ", ".\n"].map((mark) => plain.lastIndexOf(mark)));
  const tokens = plain.slice(since + 1).trim().split(/\s+/).filter(Boolean);
  if (/^(a|rdf:type)$/.test(tokens.at(-1) ?? "")) return "class";
  return plain[since] === ";" ? (tokens.length === 0 ? "predicate" : "") : since >= 0 && tokens.length === 1 ? "predicate" : "";
}

/** Return how well `term` fits what was typed, 0 for not at all: by its name, its labels, or the pinyin of its label. */
export function fits(term, typed) {
  const wanted = typed.toLowerCase();
  const tests = [term.name, term.name.replace(/^.*?:/, ""), term.zh, term.en, term.sound].map((text) => text.toLowerCase());
  if (tests.some((text) => text === wanted)) return 4;
  if (tests.some((text) => text.startsWith(wanted))) return 3;
  return tests.some((text) => text.includes(wanted)) ? 1 : 0;
}

function option(term, boost) {
  const label = term[lang] || term.zh || term.en;
  return {
    label: term.name,
    detail: label,
    type: ICON[term.kind],
    info: () => note(term),
    boost,
  };
}

function note(term) {
  const box = document.createElement("div");
  const lines = [[term.zh, term.en].filter(Boolean).join(" · "), say(term.kind, term.count.toLocaleString(lang))];
  for (const line of lines.filter(Boolean)) box.appendChild(document.createElement("div")).textContent = line;
  return box;
}

async function things(typed) {
  const answer = await fetch(`/sparql/names?name=${encodeURIComponent(typed)}&lang=${lang}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const found = (await answer.json()).things;
  for (const thing of found) called.set(thing.name, thing.label);
  return found.map(({ name, label, called: by }) => ({
    label: label,
    detail: by === label ? name : `${by} · ${name}`,
    apply: name.includes("://") ? `<${name}>` : name,
    type: "constant",
    boost: -10,
  }));
}

/** Completion source of CodeMirror. */
export async function complete(context) {
  const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
  if (variable) {
    const own = new Set(context.state.doc.toString().match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
    own.delete(variable.text);
    return { from: variable.from, options: [...own].map((name) => ({ label: name, type: "variable" })) };
  }
  const word = context.matchBefore(TYPED);
  if (!word && !context.explicit) return null;
  const typed = word?.text ?? "";
  const before = context.state.sliceDoc(0, word?.from ?? context.pos);
  if (/(^|\n)[^"\n]*#[^\n]*$/.test(before.replace(/<[^>\s]*>/g, ""))) return null; // in a comment
  const known = await vocabulary;
  const place = position(before);
  const named = /^[\p{Script=Han}]|^[A-Za-z][A-Za-z .]+$/u.test(typed) && typed.length > 1 && place !== "predicate" ? await things(typed) : [];
  if (context.aborted) return null;
  return { from: word?.from ?? context.pos, filter: false, options: [...offers(known, typed, place), ...named] };
}

function offers({ prefixes, graphs, terms }, typed, place) {
  const wanted = { predicate: "property", class: "class" }[place];
  const found = terms
    .map((term) => ({ term, rank: (typed ? fits(term, typed) : 1) * 10 + (term.kind === wanted ? 20 : 0) + (term.count ? 1 : 0) }))
    .filter(({ term, rank }) => rank >= 10 && (!typed || fits(term, typed)) && (typed || !wanted || term.kind === wanted))
    .sort((a, b) => b.rank - a.rank || b.term.count - a.term.count)
    .slice(0, MOST)
    .map(({ term }, i) => option(term, MOST - i));
  const starts = (text) => text.toLowerCase().startsWith(typed.toLowerCase());
  const spaces = prefixes.filter(({ name }) => starts(`${name}:`)).map(({ name, iri }) => ({ label: `${name}:`, detail: iri, type: "namespace" }));
  const named = graphs.filter((name) => place === "graph" && (!typed || starts(name))).map((label) => ({ label, detail: say("graph"), type: "namespace" }));
  const words = WORDS.filter((name) => typed && starts(name)).map((label) => ({ label, type: "keyword" }));
  return place || typed.includes(":") ? [...named, ...found, ...spaces, ...words] : [...words, ...spaces, ...named, ...found];
}

/** The name of what an IRI with a prefix stands for, shown over it. */
export const nameOver = hoverTooltip((view, at) => {
  const line = view.state.doc.lineAt(at);
  for (const match of line.text.matchAll(/[\w-]+:[\w.%-]+/g)) {
    const [start, end] = [line.from + match.index, line.from + match.index + match[0].length];
    if (start <= at && at <= end && called.get(match[0])) {
      const dom = document.createElement("div");
      dom.textContent = called.get(match[0]);
      return { pos: start, end, create: () => ({ dom }) };
    }
  }
  return null;
});
