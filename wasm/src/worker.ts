import { load } from "./index.js";
import type { Reply, Request } from "./protocol.js";
import { EngineError, type Document, type Engine, type LoadOptions } from "./types.js";

/** Octets annotated first of all: what a screen shows need not wait for the rest. */
const FIRST = 1 << 16;
/** Octets annotated between two looks at the clock. */
const STRIDE = 1 << 16;
/** Milliseconds of annotating between two chances to hear that something newer is wanted. */
const SLICE = 24;

/** Octets of memory that a worker keeps when nothing is open, or takes along to the next document. */
const KEPT = 64 << 20;

/** What a worker's global scope has, without the types of a page. */
interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** Serves a client (see client.ts) from inside a module worker: call it once, at the worker's top level. */
export function serve(options: LoadOptions = {}, port: Port = globalThis as unknown as Port): void {
  const engine = load(options);
  engine.catch(() => {}); // every request reports it
  const docs = new Map<number, Document>();
  let newest = 0; // number of the latest request to open
  let calls = 0; // questions answered
  const stopped = new Set<number>();

  const send = (reply: Reply) => port.postMessage(reply, "answer" in reply ? transfers(reply.answer) : []);

  port.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
    if (data.ask === "open") newest = data.number;
    if (data.ask === "stop") stopped.add(data.open);
    try {
      const answer = await handle(await engine, data);
      send({ number: data.number, answer });
    } catch (error) {
      send({ number: data.number, error: error instanceof Error ? error.message : String(error), fatal: !(error instanceof EngineError) || error.fatal });
    }
  });

  async function handle(imap: Engine, request: Request): Promise<unknown> {
    switch (request.ask) {
      case "version":
        return imap.version;
      case "formats":
        return imap.formats();
      case "kindNames":
        return imap.kindNames();
      case "addWords":
        return imap.addWords(request.lang, request.words);
      case "stop":
        return undefined;
      case "open":
        return open(imap, request);
      case "call":
        return call(imap, request.doc, request.method, request.args);
    }
  }

  async function open(imap: Engine, { number, input, options: how }: Extract<Request, { ask: "open" }>): Promise<number> {
    if (imap.memory > KEPT) await renew(imap);
    if (number !== newest) throw new EngineError("superseded", false);
    const doc = imap.open(input, how);
    docs.set(number, doc); // it can be asked questions from the first progress on
    try {
      for (let progress = doc.step(FIRST); !progress.finished; ) {
        send({ number, progress });
        for (let heard = -1; heard !== calls; await turn()) heard = calls; // one question is often followed by another
        if (number !== newest || docs.get(number) !== doc) throw new EngineError("superseded", false);
        if (stopped.delete(number)) break;
        const until = performance.now() + SLICE;
        do progress = doc.step(STRIDE);
        while (!progress.finished && performance.now() < until);
      }
      return number;
    } catch (error) {
      if (docs.delete(number)) doc.close();
      throw error;
    }
  }

  async function call(imap: Engine, number: number, method: Extract<Request, { ask: "call" }>["method"], args: unknown[]): Promise<unknown> {
    calls++;
    const doc = docs.get(number);
    if (!doc) throw new EngineError("the document is closed", false);
    if (method === "close") docs.delete(number);
    const result = (doc[method] as (...args: unknown[]) => unknown).apply(doc, args);
    if (method === "close" && docs.size === 0 && imap.memory > KEPT) await renew(imap);
    return method === "json" ? [...(result as Iterable<string>)] : result;
  }
}

/**
 * Begins with a new memory. The old one is garbage then, hundreds of megabytes of it, and a worker that has nothing to do would keep it:
 * buffers that nobody touches take no memory, but are counted, and so move the collector to look.
 */
async function renew(imap: Engine): Promise<void> {
  await imap.renew();
  setTimeout(() => { // the caller still has the document in its hands
    try {
      for (let i = 0; i < 4; i++) new ArrayBuffer(KEPT / 4);
    } catch {
      // There is no room even for these: the collector has been at work already.
    }
  }, 100);
}

/** Lets messages that have arrived be heard. */
function turn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

/** The buffers in an answer, each once: they are the answer's own, so they can go without being copied. */
function transfers(answer: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (value: unknown, depth: number) => {
    if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
    else if (depth > 0 && value && typeof value === "object" && !Array.isArray(value)) for (const v of Object.values(value)) look(v, depth - 1);
  };
  look(answer, 2);
  return [...found];
}
