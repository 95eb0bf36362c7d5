// Bundles the page for queries into src/wakhan/site/static/query: the same bytes from the same packages.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "../../src/wakhan/site/static/query");
const ENGINE = join(here, "node_modules/oxigraph/web_bg.wasm");

/** Bundles a file into a classic script, and returns the paths of what went in. */
async function bundle(name) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [`src/${name}`],
    bundle: true,
    format: "iife",
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the licenses stand in a file of their own
    define: { "import.meta.url": '""' }, // the engine is given to the worker, never looked for
    metafile: true,
    write: false,
    outdir: "out",
  });
  await writeFile(join(out, name), outputFiles[0].contents);
  return Object.keys(metafile.inputs);
}

/** The licenses of all packages among `paths`, each under its name and version. */
async function licenses(paths) {
  const names = new Set(paths.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const parts = [];
  for (const name of [...names].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = await readFile(file ? join(folder, file) : join(here, "licenses", `${name}.txt`), "utf8");
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  const head = "The scripts in this folder hold the following packages, under these licenses.\n";
  return [head, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

/** Gzip without time and system, so that the same bytes come out everywhere. */
function packed(bytes) {
  const found = gzipSync(bytes, { level: 9 });
  found[9] = 255; // the system: unknown
  return found;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const paths = [];
for (const name of ["main.js", "worker.js", "query.css"]) paths.push(...(await bundle(name)));
await writeFile(join(out, "oxigraph.wasm.gz"), packed(await readFile(ENGINE)));
await writeFile(join(out, "LICENSES.txt"), await licenses(paths));
