/**
 * Trusted Types: the one policy of the page lets scripts of this build be started as workers, and nothing become markup. The address of
 * a worker carries where its parts are, so only the path is compared.
 */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

export function guard(scripts: readonly string[]): void {
  const allowed = new Set(scripts.map((s) => new URL(s, document.baseURI).pathname));
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  policies?.createPolicy("default", {
    createScriptURL(url) {
      const u = new URL(url, document.baseURI);
      if (u.origin === location.origin && allowed.has(u.pathname)) return url;
      throw new TypeError("not a script of this page");
    },
  });
}
