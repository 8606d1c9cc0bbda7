/** The page works without a network: a service worker keeps its files. */
import { signal } from "@preact/signals";

/** A newer version of the page waits for a reload. */
export const updateReady = signal(false);

export async function keepOffline(): Promise<void> {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  try {
    const controlled = navigator.serviceWorker.controller !== null;
    const registration = await navigator.serviceWorker.register(new URL("sw.js", document.baseURI).href, { scope: "./" });
    if (controlled) {
      navigator.serviceWorker.addEventListener("controllerchange", () => (updateReady.value = true));
    }
    // All is kept before the page says that it is ready: later there is nothing to fetch.
    const fresh = registration.installing;
    if (fresh) {
      await new Promise<void>((done) => {
        const look = () => { if (fresh.state === "activated" || fresh.state === "installed" || fresh.state === "redundant") done(); };
        fresh.addEventListener("statechange", look);
        setTimeout(done, 8000);
        look();
      });
    }
  } catch {
    // Without it the page needs the network to load, no more.
  }
}
