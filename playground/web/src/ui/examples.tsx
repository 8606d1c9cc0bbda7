/** The transcripts that come with the page. */
import { signal } from "@preact/signals";
import { lang } from "../i18n";
import { fromBase64 } from "../model/bytes";
import { open } from "../model/store";
import { dialog } from "../model/view";

interface Example {
  file: string;
  title: { en: string; zh: string };
  text: { en: string; zh: string };
  octets: string; // base64
}

export const examples = signal<Example[]>([]);

export async function loadExamples(url: URL): Promise<void> {
  const r = await fetch(url);
  examples.value = (await r.json()) as Example[];
}

export function Examples() {
  const l = lang.value;
  return (
    <ul class="examples">
      {examples.value.map((x) => (
        <li key={x.file}>
          <button
            type="button" data-example={x.file}
            onClick={() => { dialog.value = ""; void open({ name: x.file, octets: fromBase64(x.octets), origin: "example" }); }}
          >
            <b>{x.title[l]}</b><span>{x.text[l]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
