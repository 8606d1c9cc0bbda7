/** Keeps the page's own files, so that it opens without a network. Requests to the API, and all others, pass untouched. */

declare const __FILES__: string[];
declare const __BUILD__: string;

const scope = self as unknown as ServiceWorkerGlobalScope;
const NAME = "imapwire-" + __BUILD__;
const wanted = new Set(__FILES__.map((f) => new URL(f, scope.registration.scope).href));

scope.addEventListener("install", (e) => {
  e.waitUntil(
    (async () => {
      const cache = await caches.open(NAME);
      await cache.addAll([...wanted]);
      await scope.skipWaiting();
    })(),
  );
});

scope.addEventListener("activate", (e) => {
  e.waitUntil(
    (async () => {
      for (const key of await caches.keys()) if (key.startsWith("imapwire-") && key !== NAME) await caches.delete(key);
      await scope.clients.claim();
    })(),
  );
});

scope.addEventListener("fetch", (e) => {
  if (e.request.method !== "GET") return;
  const url = new URL(e.request.url);
  url.hash = "";
  if (e.request.mode === "navigate" && url.pathname === new URL(scope.registration.scope).pathname) url.search = "";
  const key = url.href;
  if (!wanted.has(key)) return;
  e.respondWith(
    (async () => {
      const cache = await caches.open(NAME);
      return (await cache.match(key)) ?? fetch(e.request);
    })(),
  );
});
