import { EngineDocument, LANGS } from "./document.js";
import { Instance } from "./instance.js";
import { EngineError, type Document, type Engine, type Format, type Lang, type OpenOptions } from "./types.js";

const SWAP = 1;
const FROM_STRING = 2;

/** An instance with the interface that callers see. */
class LoadedEngine implements Engine {
  readonly version: string;
  private readonly kinds: string[];
  /** What a new instance is told again. */
  private readonly words = new Map<number, Uint8Array>();
  private renewal: Promise<void> | undefined;

  constructor(private readonly module: WebAssembly.Module, private instance: Instance) {
    this.version = instance.string("version");
    this.kinds = instance.json("kinds");
  }

  formats(): Format[] {
    return this.instance.json("formats");
  }

  open(input: string | Uint8Array, options: OpenOptions = {}): Document {
    const format = this.instance.put(options.format ?? "");
    this.instance.number("format", format);
    const n = this.instance.put(input);
    const flags = (options.swap ? SWAP : 0) | (typeof input === "string" ? FROM_STRING : 0);
    const id = this.instance.number("open", n, flags, LANGS.indexOf(options.lang ?? "en"));
    return new EngineDocument(this.instance, id, typeof input === "string");
  }

  annotate(input: string | Uint8Array, options: OpenOptions = {}): Document {
    const doc = this.open(input, options);
    while (!doc.step(1 << 24).finished);
    return doc;
  }

  kindName(kind: number): string {
    return this.kinds[kind] ?? "";
  }

  kindNames(): readonly string[] {
    return this.kinds;
  }

  addWords(lang: Lang, words: Uint8Array): void {
    const number = LANGS.indexOf(lang);
    if (number < 0) throw new EngineError(`no such language: ${lang}`, false);
    this.instance.number("words", number, this.instance.put(words));
    this.words.set(number, words);
  }

  get memory(): number {
    return this.instance.memory.buffer.byteLength;
  }

  renew(): Promise<void> {
    return (this.renewal ??= this.startAnew().finally(() => (this.renewal = undefined)));
  }

  private async startAnew(): Promise<void> {
    const fresh = await Instance.start(this.module);
    for (const [number, words] of this.words) fresh.number("words", number, fresh.put(words));
    this.instance = fresh;
  }
}

/** Starts an engine from a compiled module and tables of words. */
export async function start(module: WebAssembly.Module, words: Partial<Record<Lang, Uint8Array>>): Promise<Engine> {
  const engine = new LoadedEngine(module, await Instance.start(module));
  for (const lang of LANGS) {
    const table = words[lang];
    if (table) engine.addWords(lang, table);
  }
  return engine;
}
