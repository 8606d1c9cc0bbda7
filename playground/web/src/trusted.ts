/**
 * Trusted Types: the one policy of the page lets the scripts of this build be started as workers, and nothing become markup.
 */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

export function guard(scripts: readonly string[]): void {
  const allowed = new Set(scripts.map((s) => new URL(s, document.baseURI).href));
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  policies?.createPolicy("default", {
    createScriptURL(url) {
      if (allowed.has(new URL(url, document.baseURI).href)) return url;
      throw new TypeError("not a script of this page");
    },
  });
}
