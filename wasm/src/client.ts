import type { Method, Reply, Request } from "./protocol.js";
import { EngineError, type Async, type Document, type EngineClient, type Format, type Lang, type OpenOptions, type Progress } from "./types.js";

/** A worker, as far as a client needs one. */
interface Port {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Pending {
  resolve(answer: unknown): void;
  reject(error: EngineError): void;
  progress?: ((p: Progress) => void) | undefined;
}

type Ask = Request extends infer R ? (R extends Request ? Omit<R, "number"> : never) : never;

/** Talks to workers that run serve() of worker.ts. newWorker is called at once, and again after restart(). */
export function createClient(newWorker: () => Port): EngineClient {
  let worker: Port;
  let generation = 0;
  let last = 0;
  const pending = new Map<number, Pending>();

  function begin(): void {
    generation++;
    worker = newWorker();
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const asked = pending.get(data.number);
      if (!asked) return;
      if ("progress" in data) return asked.progress?.(data.progress);
      pending.delete(data.number);
      if ("error" in data) asked.reject(new EngineError(data.error, data.fatal));
      else asked.resolve(data.answer);
    };
    worker.onerror = (event) => rejectAll(new EngineError(event.message || "the worker could not be started", true));
  }

  function rejectAll(error: EngineError): void {
    const all = [...pending.values()];
    pending.clear();
    for (const asked of all) asked.reject(error);
  }

  function ask<T>(request: Ask, progress?: (p: Progress) => void): { number: number; answer: Promise<T> } {
    const number = ++last;
    const answer = new Promise<T>((resolve, reject) => {
      pending.set(number, { resolve: resolve as (answer: unknown) => void, reject, progress });
    });
    worker.postMessage({ number, ...request });
    return { number, answer };
  }

  /** A document's methods by name, each sent to the worker that has the document. */
  function remote(doc: number): Async<Document> {
    const born = generation;
    const methods = new Map<string, unknown>();
    return new Proxy({} as Async<Document>, {
      get(_target, name) {
        if (typeof name !== "string" || name === "then") return undefined; // a promise may give a document; it is none itself
        let method = methods.get(name);
        if (!method) {
          method = (...args: unknown[]) => {
            if (born !== generation) return Promise.reject(new EngineError("the document is gone: the engine was started anew", false));
            return ask({ ask: "call", doc, method: name as Method, args }).answer;
          };
          methods.set(name, method);
        }
        return method;
      },
    });
  }

  begin();
  let version: Promise<string> | undefined;
  return {
    get version() {
      return (version ??= ask<string>({ ask: "version" }).answer);
    },
    formats: () => ask<Format[]>({ ask: "formats" }).answer,
    kindNames: () => ask<string[]>({ ask: "kindNames" }).answer,
    addWords: (lang: Lang, words: Uint8Array) => ask<void>({ ask: "addWords", lang, words }).answer,
    async open(input, options = {}) {
      const { progress, early, signal, ...how } = options;
      signal?.throwIfAborted();
      const octets = input instanceof ArrayBuffer ? new Uint8Array(input) : input;
      let shown = false;
      const opening = ask<number>({ ask: "open", input: octets, options: how as OpenOptions }, (p) => {
        if (!shown) early?.(remote(opening.number));
        shown = true;
        progress?.(p);
      });
      const stop = () => void ask({ ask: "stop", open: opening.number }).answer.catch(() => {});
      signal?.addEventListener("abort", stop);
      try {
        return remote(await opening.answer);
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    restart() {
      worker.terminate();
      rejectAll(new EngineError("the engine was started anew", false));
      version = undefined;
      begin();
    },
    close() {
      worker.terminate();
      generation++;
      rejectAll(new EngineError("the engine was closed", false));
    },
  };
}
