// node build.mjs OUT: bundles the pages' JavaScript and css into OUT, each file with its .br and .gz beside it, and
// writes manifest.json with the hash of every file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const script = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};
const { metafile } = await build({
  ...script,
  entryPoints: { page: "src/page.js" },
  metafile: true,
  // What only some pages need is a file of its own, fetched when it is needed; its name changes with its content.
  splitting: true,
  chunkNames: "[name]-[hash]",
  alias: {
    // 240 kB for what DOMPurify does (sanitize.js): the manager calls that instead.
    "sanitize-html": "./src/absent.js",
    jquery: "./node_modules/jquery/dist/jquery.slim.js",
  },
});
await build({ ...script, entryPoints: { chart: "src/chart.js" } });
await build({
  absWorkingDir: here,
  entryPoints: { page: "src/page.css" },
  outdir: out,
  bundle: true,
  minify: true,
  loader: { ".svg": "dataurl" },
  logLevel: "warning",
});

const files = {};
for (const name of readdirSync(out).sort()) {
  const data = readFileSync(join(out, name));
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } };
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(data, brotli));
  writeFileSync(join(out, `${name}.gz`), gzipSync(data, { level: 9 }));
  files[name] = createHash("sha256").update(data).digest("hex");
}
// What page.js cannot begin without is named, so that the browser fetches it at the same time.
const page = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === "src/page.js");
const first = page.imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path));
writeFileSync(join(out, "manifest.json"), JSON.stringify({ first, files }, null, 2) + "\n");
