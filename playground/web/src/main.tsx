/** Starts the page: its policy, its engine, its parts. */
import { options, render } from "preact";
import { createClient } from "imapwire/client";
import { lang, setLang } from "./i18n";
import { breathe } from "./model/bytes";
import { listenForPrinting } from "./model/paper";
import { learn, loaded, notice, phase, publish, useEngine } from "./model/store";
import { guard } from "./trusted";
import { announce } from "./ui/announce";
import { App } from "./ui/app";
import { loadExamples } from "./ui/examples";
import { followHash } from "./ui/links";
import { listen } from "./ui/keys";
import { keepOffline } from "./ui/offline";

declare const __ASSETS__: { examples: string; worker: string };

const at = (path: string) => new URL(path, document.baseURI);

// Of a long transcript the parts of the page are drawn in a task of their own, after the text: both in one would hold a reader up.
const LONG = 5000;
options.debounceRendering = (draw) => void ((loaded.peek()?.tables.messages.length ?? 0) > LONG ? breathe() : Promise.resolve()).then(draw);

guard([__ASSETS__.worker, "sw.js"]);

useEngine(createClient(() => new Worker(at(__ASSETS__.worker).href, { type: "module" })));
setLang(lang.peek());
publish();
announce();
listen();
listenForPrinting();
render(<App />, document.getElementById("root")!);

try {
  await Promise.all([loadExamples(at(__ASSETS__.examples)), keepOffline()]);
  await learn();
  await followHash();
} catch (e) {
  console.error(e);
  notice.value = "no-engine";
  if (phase.peek() !== "read") phase.value = "failed";
}
