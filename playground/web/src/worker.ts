// The engine's worker: its parts come by message-free URLs in the worker's own address, so that the page's policy can check them.
import { serve } from "imapwire/worker";

const at = new URLSearchParams(location.search);
const url = (name: string) => new URL(at.get(name) ?? "", location.href).href;

serve({ wasm: url("wasm"), words: { en: url("en"), zh: url("zh") } });
