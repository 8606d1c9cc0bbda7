// The page's modules for Node: each is bundled when a test asks for it.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");

export async function load(module) {
  const { outputFiles } = await build({
    entryPoints: [join(web, "src", module)], bundle: true, write: false, format: "esm", platform: "neutral", mainFields: ["module", "main"], target: "es2022",
    tsconfig: join(web, "tsconfig.json"), nodePaths: [join(web, "../node_modules")], conditions: ["import"], jsx: "automatic", jsxImportSource: "preact", logLevel: "error",
  });
  return import("data:text/javascript;base64," + Buffer.from(outputFiles[0].contents).toString("base64"));
}
