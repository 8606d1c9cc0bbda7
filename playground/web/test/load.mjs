// The page's modules for Node: each is bundled when a test asks for it.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");

/** All that the modules export. Those that share state must be loaded together. */
export async function load(...modules) {
  const contents = modules.map((m) => `export * from "./${m}";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(web, "src"), loader: "ts" }, bundle: true, write: false, format: "esm", platform: "neutral", mainFields: ["module", "main"], target: "es2022",
    tsconfig: join(web, "tsconfig.json"), nodePaths: [join(web, "../node_modules")], conditions: ["import"], jsx: "automatic", jsxImportSource: "preact", logLevel: "error",
  });
  return import("data:text/javascript;base64," + Buffer.from(outputFiles[0].contents).toString("base64"));
}
