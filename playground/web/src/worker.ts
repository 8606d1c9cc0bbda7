// The engine's worker. Its parts lie beside it, under names that the build knows.
import { serve } from "imapwire/worker";

declare const __PARTS__: { wasm: string; wordsEn: string; wordsZh: string };

const beside = (name: string) => new URL(name, location.href).href;

serve({ wasm: beside(__PARTS__.wasm), words: { en: beside(__PARTS__.wordsEn), zh: beside(__PARTS__.wordsZh) } });
