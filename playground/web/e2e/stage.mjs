// The browser and the server of a file of tests: there before its first test, gone after its last.
import { after, before } from "node:test";
import { launch, serve } from "./page.mjs";

export let browser, site;

before(async () => {
  [browser, site] = [await launch(), await serve()];
});
after(async () => {
  await browser?.close();
  site?.close();
});
