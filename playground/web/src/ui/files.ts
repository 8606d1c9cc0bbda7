/** Texts come in by file, by dropping and by pasting. They are read here and go nowhere else. */
import { plain } from "../lib/visible";
import { openBlob } from "../model/parts";
import { open } from "../model/store";

export const fileInput: { current: HTMLInputElement | null } = { current: null };

/** Lets the user choose a file. */
export async function openFile(): Promise<void> {
  fileInput.current?.click();
}

export async function readFile(file: File): Promise<void> {
  await openBlob(plain(file.name) || "file", file, "file");
}

/** A pasted text is packed into a blob only when it is long: most are a few lines. */
const LONG = 1 << 24;

export async function readPaste(s: string): Promise<void> {
  if (s.length > LONG) return openBlob("paste.txt", new Blob([s]), "paste");
  await open({ name: "paste.txt", octets: new TextEncoder().encode(s), origin: "paste" });
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
