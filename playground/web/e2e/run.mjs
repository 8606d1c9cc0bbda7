// Runs the browser tests, those of the files whose names hold one of the given words. Two files at a time where there are two processors, the
// longest first; the one that looks at how long tasks take has the machine for itself.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((f) => f.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((w) => f.includes(w))));
const alone = files.filter((f) => f.startsWith("large")), longest = files.filter((f) => f.startsWith("views"));
const together = [...longest, ...files.filter((f) => !alone.includes(f) && !longest.includes(f))];

function run(list, atOnce) {
  if (list.length === 0) return 0;
  return spawnSync(process.execPath, ["--test", `--test-concurrency=${atOnce}`, ...list.map((f) => join(here, f))], { stdio: "inherit" }).status ?? 1;
}
const codes = [run(together, Math.min(2, availableParallelism())), run(alone, 1)];
process.exit(codes.find((c) => c !== 0) ?? 0);
