// Runs the browser tests: serves web/dist with the page's policy, then each *.test.mjs with node:test.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((f) => f.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((w) => f.includes(w))));
const child = spawn(process.execPath, ["--test", "--test-concurrency=1", ...files.map((f) => join(here, f))], { stdio: "inherit" });
child.on("exit", (code) => process.exit(code ?? 1));
