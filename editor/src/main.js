// The editor page: CodeMirror with SPARQL, examples, the answer below, and links to take away.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { StreamLanguage, HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completion.js";
import { element, table } from "./results.js";

const island = (id) => JSON.parse(document.getElementById(id).textContent);
const data = island("data");
const words = island("words");
const byId = (id) => document.getElementById(id);
const ENDPOINT = "/sparql";
const FORMATS = { rows: ["csv", "json", "tsv", "xml"], triples: ["ttl", "nt", "jsonld", "rdf"] };
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const FIRST = "SELECT ?plan ?title WHERE {\n  ?plan a yd:Plan ; dcterms:title ?title\n}\nLIMIT 100\n";

const style = HighlightStyle.define([
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: [tags.string, tags.literal], class: "tok-string" },
  { tag: [tags.variableName, tags.definition(tags.variableName), tags.special(tags.variableName)], class: "tok-variable" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.atom, tags.url, tags.number], class: "tok-atom" },
]);

const asked = new URLSearchParams(location.search).get("query");
const view = new EditorView({
  doc: asked ?? FIRST,
  parent: byId("editor"),
  extensions: [
    EditorView.cspNonce.of(byId("editor").dataset.nonce),
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
    lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
    indentUnit.of("  "),
    StreamLanguage.define(sparql),
    syntaxHighlighting(style),
    autocompletion({ override: [completions(data)] }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.contentAttributes.of({ "aria-label": words.query }),
    EditorView.lineWrapping,
  ],
});

const text = () => view.state.doc.toString();
const address = (format) => `${ENDPOINT}?${new URLSearchParams({ query: text(), ...(format && { format }) })}`;
let running = null;

async function run() {
  running?.abort();
  const own = (running = new AbortController());
  busy(true);
  show(element("p", {}, words.running));
  const started = performance.now();
  try {
    const response = await fetch(ENDPOINT, {
      method: "POST", body: text(), signal: own.signal,
      headers: { "Content-Type": "application/sparql-query", Accept: ACCEPT },
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    if (response.ok) show(...(await answer(response)), element("p", { class: "note" }, words.took.replace("{seconds}", seconds)));
    else failed(await response.text());
  } catch (error) {
    if (error.name === "AbortError") show();
    else failed(String(error));
  } finally {
    if (running === own) busy(false);
  }
}

async function answer(response) {
  if (response.headers.get("Content-Type").startsWith("text/turtle")) {
    return [links("triples"), element("pre", { class: "text" }, await response.text())];
  }
  const content = await response.json();
  if ("boolean" in content) return [element("p", { class: "boolean" }, content.boolean ? words.yes : words.no)];
  return [links("rows"), ...table(content, { ...data, words })];
}

function links(kind) {
  const formats = FORMATS[kind].map((format) => element("a", { href: address(format), download: `yaodian.${format}` }, format.toUpperCase()));
  return element("p", { class: "downloads" }, `${words.download}：`, ...formats, element("a", { href: address() }, words.share));
}

const show = (...children) => byId("answer").replaceChildren(...children);
const failed = (message) => show(element("p", { role: "alert", class: "message" }, `${words.failed}：${message}`));

function busy(is) {
  byId("stop").disabled = !is;
  byId("answer").setAttribute("aria-busy", is);
}

function fill(content) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: content } });
}

for (const { name, title } of data.examples) byId("examples").append(element("option", { value: name }, title));
byId("examples").addEventListener("change", ({ target }) => {
  const example = data.examples.find(({ name }) => name === target.value);
  if (example) fill(example.text);
});
byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => running?.abort());
busy(false);
if (asked) run();
