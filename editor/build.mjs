// Bundles the editor into kg/serving/static, and the licences of what is in the bundle beside it.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const out = new URL("../kg/serving/static/", import.meta.url).pathname;
const built = await build({
  entryPoints: ["src/main.js"], bundle: true, minify: true, charset: "utf8", legalComments: "none",
  format: "iife", target: "es2022", outfile: `${out}editor.js`, metafile: true, write: false,
});
// The sources' digest, by which a test sees that the bundle is theirs.
const sources = [...readdirSync("src").sort().map((name) => `src/${name}`), "package-lock.json"];
const digest = sources.reduce((hash, file) => hash.update(readFileSync(file)), createHash("sha256")).digest("hex");
const banner = `// Bundled from editor/ (sources ${digest}); licences: editor.LICENSES.txt`;
writeFileSync(`${out}editor.js`, `${banner}\n${built.outputFiles[0].text}`);

const packages = Object.keys(built.metafile.inputs)
  .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter(Boolean);
const licences = [...new Set(packages)].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});
writeFileSync(`${out}editor.LICENSES.txt`, licences.join(`\n${"-".repeat(72)}\n\n`));
