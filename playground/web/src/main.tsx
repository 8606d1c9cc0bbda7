/** Starts the page: its policy, its engine, its parts. */
import { render } from "preact";
import { createClient } from "imapwire/client";
import { lang, setLang } from "./i18n";
import { learn, notice, phase, publish, useEngine } from "./model/store";
import { guard } from "./trusted";
import { announce } from "./ui/announce";
import { App } from "./ui/app";
import { loadExamples } from "./ui/examples";
import { followHash } from "./ui/links";
import { listen } from "./ui/keys";
import { keepOffline } from "./ui/offline";

declare const __ASSETS__: { examples: string; worker: string };

const at = (path: string) => new URL(path, document.baseURI);

guard([__ASSETS__.worker, "sw.js"]);

useEngine(createClient(() => new Worker(at(__ASSETS__.worker).href, { type: "module" })));
setLang(lang.peek());
publish();
announce();
listen();
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
