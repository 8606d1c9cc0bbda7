// Bundles the page into web/dist: hashed files under assets/, the few files with fixed names at the root, each with its .br and .gz.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, "dist");
const engine = join(web, "../../wasm/dist");
const release = process.env.IMAPWIRE_RELEASE === "1";

/** path in dist -> octets */
const files = new Map();

function hashed(name, octets) {
  const hash = createHash("sha256").update(octets).digest("base64url").slice(0, 10);
  const ext = extname(name);
  const path = `assets/${basename(name, ext)}-${hash}${ext}`;
  files.set(path, Buffer.from(octets));
  return path;
}

function integrity(path) {
  return "sha384-" + createHash("sha384").update(files.get(path)).digest("base64");
}

/**
 * CodeMirror walks its whole tree of line heights whenever anything is measured, several times a frame. The folds of a long transcript make
 * that tree large, so that scrolling would be slow: a branch in which nothing has changed is left alone.
 */
const heights = {
  name: "heights",
  setup({ onLoad }) {
    onLoad({ filter: /@codemirror[\\/]view[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const branch = source.indexOf("class HeightMapBranch"), begin = "updateHeight(oracle, offset = 0, force = false, measured) {\n";
      const at = source.indexOf(begin, branch) + begin.length;
      if (branch < 0 || at < begin.length || !source.startsWith("        let { left, right } = this", at)) throw new Error("CodeMirror's HeightMapBranch is another one: look at build.mjs");
      const skip = "        if (!force && !this.outdated && !(measured && measured.more && measured.from <= offset + this.length)) return this;\n";
      return { contents: source.slice(0, at) + skip + source.slice(at), loader: "js" };
    });
  },
};

async function bundle(entry, define = {}, format = "esm") {
  const result = await build({
    entryPoints: [join(web, "src", entry)],
    bundle: true,
    minify: !process.env.DEV,
    write: false,
    format,
    target: ["es2022"],
    outdir: dist,
    legalComments: "none",
    tsconfig: join(web, "tsconfig.json"),
    // The engine's sources lie beside this folder, where no node_modules is.
    nodePaths: [join(web, "../node_modules")],
    // CodeMirror's own would put a style element into the page, which the policy refuses.
    plugins: [heights],
    alias: {
      "style-mod": join(web, "src/lib/style-mod.ts"),
      "@codemirror/language": join(web, "src/lib/language.ts"),
      "@lezer/common": join(web, "src/lib/language.ts"),
    },
    define: Object.fromEntries(Object.entries(define).map(([k, v]) => [k, JSON.stringify(v)])),
    logLevel: "warning",
  });
  return result.outputFiles;
}

async function hashedBundle(entry, define, format) {
  const outputs = await bundle(entry, define, format);
  const js = outputs.find((f) => f.path.endsWith(".js"));
  return hashed(basename(entry).replace(/\.tsx?$/, ".js"), js.contents);
}

/** The example transcripts with their names, as one file: the index is the page's, the transcripts are the corpus's. */
async function examples() {
  const list = JSON.parse(await readFile(join(web, "examples.json"), "utf8"));
  const entries = [];
  for (const { path, ...names } of list) {
    const octets = await readFile(join(web, "../../corpus/transcripts", path));
    const file = basename(path).replace(/^[yni]_(example-)?/, "").replace(/_\d+(?=\.)/, "");
    entries.push({ file, ...names, octets: octets.toString("base64") });
  }
  return hashed("examples.json", Buffer.from(JSON.stringify(entries)));
}

async function compress(path, octets) {
  if (!/\.(html|js|css|json|wasm|bin|svg|webmanifest)$/.test(path) || octets.length < 256) return [];
  const quality = release ? 11 : 5;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(octets, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: octets.length },
    }),
    promisify(gzip)(octets, { level: release ? 9 : 6 }),
  ]);
  return [[path + ".br", br], [path + ".gz", gz]];
}

const { version } = JSON.parse(await readFile(join(web, "../../wasm/package.json"), "utf8"));
const commit = process.env.IMAPWIRE_COMMIT ?? "";

// Both languages in one file: rules and references are the same in both, so the second costs less.
const [english, chinese] = await Promise.all(["en", "zh"].map((lang) => readFile(join(engine, `words-${lang}.bin`))));
const parts = {
  wasm: basename(hashed("imapwire.wasm", await readFile(join(engine, "imapwire.wasm")))),
  words: basename(hashed("words.bin", Buffer.concat([english, chinese]))),
  english: english.length,
};
const assets = {
  examples: await examples(),
  worker: await hashedBundle("worker.ts", { __PARTS__: parts }),
};
const style = (await bundle("css/main.css"))[0];
const css = hashed("style.css", style.contents);
const boot = await hashedBundle("boot.ts", {}, "iife");
const main = await hashedBundle("main.tsx", { __ASSETS__: assets, __VERSION__: version, __COMMIT__: commit });

const html = (await readFile(join(web, "index.html"), "utf8"))
  .replace("{{boot}}", boot).replace("{{boot-integrity}}", integrity(boot))
  .replace("{{main}}", main).replace("{{main-integrity}}", integrity(main))
  .replace("{{css}}", css).replace("{{css-integrity}}", integrity(css))
  .replaceAll(/>\s+</g, "><");
files.set("index.html", Buffer.from(html));
for (const name of await readdir(join(web, "static"))) files.set(name, await readFile(join(web, "static", name)));

const offline = ["./", ...[...files.keys()].filter((f) => f !== "index.html")];
const build_id = createHash("sha256").update([...files.keys()].sort().join("\n")).update(html).digest("hex").slice(0, 12);
const sw = (await bundle("sw.ts", { __FILES__: offline, __BUILD__: build_id }, "iife")).find((f) => f.path.endsWith(".js"));
files.set("sw.js", Buffer.from(sw.contents));

// The headers are the server's: `go run ./playground build` writes them.
const headers = await readFile(join(dist, "_headers")).catch(() => null);
await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, "assets"), { recursive: true });
if (headers) await writeFile(join(dist, "_headers"), headers);
for (const [path, octets] of files) {
  await writeFile(join(dist, path), octets);
  for (const [p, o] of await compress(path, octets)) await writeFile(join(dist, p), o);
}
const size = (p) => `${(files.get(p).length / 1024).toFixed(0)} kB`;
console.log(`web/dist: main ${size(main)}, style ${size(css)}, wasm ${size(`assets/${parts.wasm}`)}, build ${build_id}`);
