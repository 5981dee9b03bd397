import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

/**
 * Waits for the loaders' data. RemixBrowser reads them from a stream that ends with the document, and suspends the
 * whole page until they are there: it throws the promise, at its first line. A key or a press in that moment would
 * make React hydrate at once what it cannot, and give the page up for good ("Root did not complete"). So it is asked
 * once before React is; what else it may throw, it throws again when React renders it.
 */
async function dataThere(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (waiting) {
    await waiting;
  }
}

async function hydrate(): Promise<void> {
  await dataThere();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", hydrate, { once: true });
else void hydrate();
