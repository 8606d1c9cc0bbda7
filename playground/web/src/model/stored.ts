/** The few choices that outlive a visit. Never anything of a transcript. Storage may be forbidden: then nothing outlives it. */

export type Theme = "auto" | "light" | "dark";
export type Lang = "en" | "zh";

export function read(key: string): string | null {
  try {
    return localStorage.getItem("imapwire." + key);
  } catch {
    return null;
  }
}

export function write(key: string, value: string): void {
  try {
    localStorage.setItem("imapwire." + key, value);
  } catch {
    // The choice holds for this visit.
  }
}

/** The theme in the address (?theme=dark), else the stored one, else the system's. */
export function storedTheme(): Theme {
  const v = new URLSearchParams(location.search).get("theme") ?? read("theme");
  return v === "light" || v === "dark" ? v : "auto";
}

/** The language in the address (?lang=zh), else the stored one, else the browser's first that we have. */
export function storedLang(): Lang {
  const v = new URLSearchParams(location.search).get("lang") ?? read("lang");
  if (v === "en" || v === "zh") return v;
  for (const l of navigator.languages ?? []) {
    if (/^zh\b/i.test(l)) return "zh";
    if (/^en\b/i.test(l)) return "en";
  }
  return "en";
}
