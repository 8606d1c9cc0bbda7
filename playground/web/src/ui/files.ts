/** Texts come in by file, by dropping and by pasting. They are read here and go nowhere else. */
import { plain } from "../lib/visible";
import { open, READ, type Source } from "../model/store";

export const fileInput: { current: HTMLInputElement | null } = { current: null };

/** Lets the user choose a file. */
export async function openFile(): Promise<void> {
  fileInput.current?.click();
}

export async function readFile(file: File): Promise<void> {
  const octets = file.size > READ ? new Uint8Array(READ + 1) : new Uint8Array(await file.arrayBuffer());
  await open({ name: plain(file.name) || "file", octets, origin: "file" });
}

export async function readPaste(s: string): Promise<void> {
  const source: Source = { name: "paste.txt", octets: new TextEncoder().encode(s), origin: "paste" };
  await open(source);
}

/** Reads what was dropped or pasted: a file before text. False if there is neither. */
export function readTransfer(data: DataTransfer | null): boolean {
  const file = data?.files[0];
  if (file) {
    void readFile(file);
    return true;
  }
  const s = data?.getData("text/plain") ?? "";
  if (s === "") return false;
  void readPaste(s);
  return true;
}
