import { EngineError } from "./types.js";
import { type Wasi, wasi } from "./wasi.js";

/** What the module exports. Every function answers the length of its result, or a negative number with a message as result. */
type Exports = Record<string, (...args: number[]) => number>;

const encoder = new TextEncoder();
// A byte order mark in a result is a character like others: positions count it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** One running module. */
export class Instance {
  private dead = false;

  private constructor(
    private readonly shim: Wasi,
    private readonly exports: Exports,
    readonly memory: WebAssembly.Memory,
  ) {}

  static async start(module: WebAssembly.Module): Promise<Instance> {
    const shim = wasi();
    const { exports } = await WebAssembly.instantiate(module, shim.imports);
    const memory = exports["memory"] as WebAssembly.Memory;
    shim.attach(memory);
    const self = new Instance(shim, exports as unknown as Exports, memory);
    self.run("_initialize", []);
    return self;
  }

  /** Puts octets, or the UTF-8 of a string, where the next call reads them, and returns how many there are. */
  put(input: Uint8Array | string): number {
    if (typeof input !== "string") {
      this.room(input.length).set(input);
      return input.length;
    }
    // A UTF-16 unit has at most 3 octets in UTF-8. Long strings are measured in slices, lest memory be asked for three times.
    if (input.length < 1 << 16) return encoder.encodeInto(input, this.room(3 * input.length)).written;
    const octets = encoder.encode(input);
    this.room(octets.length).set(octets);
    return octets.length;
  }

  private room(n: number): Uint8Array {
    const at = this.run("buffer", [n]) >>> 0;
    return new Uint8Array(this.memory.buffer, at, n);
  }

  /** Calls an export that answers a number. */
  number(name: string, ...args: number[]): number {
    const n = this.run(name, args);
    if (n < 0) throw new EngineError(decoder.decode(this.result(-n - 1)), false);
    return n;
  }

  /** Calls an export that answers octets; they are a copy. */
  octets(name: string, ...args: number[]): Uint8Array<ArrayBuffer> {
    return this.result(this.number(name, ...args)).slice();
  }

  string(name: string, ...args: number[]): string {
    return decoder.decode(this.result(this.number(name, ...args)));
  }

  json<T>(name: string, ...args: number[]): T {
    return JSON.parse(this.string(name, ...args)) as T;
  }

  private result(n: number): Uint8Array<ArrayBuffer> {
    const at = this.run("result", []) >>> 0;
    return new Uint8Array(this.memory.buffer as ArrayBuffer, at, n);
  }

  /** Any trap leaves the instance in an unknown state, so it is the last thing that it does. */
  private run(name: string, args: number[]): number {
    if (this.dead) throw new EngineError("the engine has stopped: load it again", true);
    try {
      return this.exports[name]!(...args);
    } catch (fault) {
      this.dead = true;
      const words = this.shim.lastWords().split("\n", 1)[0];
      throw new EngineError(`the engine stopped in ${name}: ${words || String(fault)}`, true);
    }
  }
}
