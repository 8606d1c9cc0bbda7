/**
 * The little of WASI preview 1 that a Go reactor asks for: a clock, random octets, and somewhere to write its last words. No files, no
 * arguments; of the environment only how memory is collected.
 */

const OK = 0;
const BADF = 8;
/** memory.go says why: the engine collects its memory itself, between calls; if one call takes very much, the runtime does. */
const ENVIRONMENT = ["GOGC=off", "GOMEMLIMIT=2GiB"].map((s) => new TextEncoder().encode(s + "\0"));
/** Web crypto gives at most so many octets at once. */
const RANDOM_AT_ONCE = 65536;

/** The import object, and what the module wrote to its error output (the trace of a fault). */
export interface Wasi {
  imports: WebAssembly.Imports;
  attach(memory: WebAssembly.Memory): void;
  lastWords(): string;
}

export function wasi(): Wasi {
  let memory: WebAssembly.Memory | undefined;
  let words = "";
  const decoder = new TextDecoder();
  // Views are taken anew each time: when memory grows, old ones are detached.
  const view = () => new DataView(memory!.buffer);
  const zero32 = (...at: number[]) => {
    for (const a of at) view().setUint32(a, 0, true);
    return OK;
  };

  const calls = {
    args_get: () => OK,
    args_sizes_get: (count: number, size: number) => zero32(count, size),
    environ_get(pointers: number, at: number) {
      for (const [i, entry] of ENVIRONMENT.entries()) {
        view().setUint32(pointers + 4 * i, at, true);
        new Uint8Array(memory!.buffer, at, entry.length).set(entry);
        at += entry.length;
      }
      return OK;
    },
    environ_sizes_get(count: number, size: number) {
      view().setUint32(count, ENVIRONMENT.length, true);
      view().setUint32(size, ENVIRONMENT.reduce((sum, entry) => sum + entry.length, 0), true);
      return OK;
    },
    clock_time_get(clock: number, _precision: bigint, at: number) {
      const ms = clock === 0 ? Date.now() : performance.now();
      view().setBigUint64(at, BigInt(Math.round(ms * 1e6)), true);
      return OK;
    },
    random_get(at: number, n: number) {
      for (let done = 0; done < n; done += RANDOM_AT_ONCE) {
        crypto.getRandomValues(new Uint8Array(memory!.buffer, at + done, Math.min(RANDOM_AT_ONCE, n - done)));
      }
      return OK;
    },
    fd_write(fd: number, vectors: number, count: number, written: number) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(vectors + 8 * i, true);
        const n = view().getUint32(vectors + 8 * i + 4, true);
        if (fd === 2 && words.length < 65536) words += decoder.decode(new Uint8Array(memory!.buffer, at, n));
        total += n;
      }
      view().setUint32(written, total, true);
      return OK;
    },
    fd_close: () => BADF,
    fd_fdstat_get: () => BADF,
    fd_fdstat_set_flags: () => BADF,
    fd_prestat_get: () => BADF,
    fd_prestat_dir_name: () => BADF,
    poll_oneoff: (_in: number, _out: number, _n: number, events: number) => zero32(events),
    sched_yield: () => OK,
    proc_exit(code: number): never {
      throw new Error(`the engine left with code ${code}`);
    },
  };
  return {
    imports: { wasi_snapshot_preview1: calls as unknown as WebAssembly.ModuleImports },
    attach: (m) => {
      memory = m;
    },
    lastWords: () => words,
  };
}
