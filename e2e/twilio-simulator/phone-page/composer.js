// @ts-check
// What the person at the phone writes and sends.
import { byId } from "./dom.js";

/** WhatsApp takes no heavier picture. */
const pictureMaxBytes = 5 * 1024 * 1024;

/**
 * @param {{ say: import("./screen.js").Say, tell: (text: string) => void, joinCode: () => string }} phone
 */
export function listenToComposer({ say, tell, joinCode }) {
  const form = byId("composer", HTMLFormElement);
  const words = byId("words", HTMLTextAreaElement);
  const picture = byId("picture", HTMLInputElement);
  const on = (/** @type {string} */ id, /** @type {() => void} */ click) =>
    byId(id, HTMLButtonElement).addEventListener("click", click);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (words.value.trim() === "") return;
    say({ text: words.value });
    words.value = "";
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  on("join", () => say({ text: `join ${joinCode()}` }));
  on("stop", () => say({ text: "stop" }));
  on("place", () =>
    say({
      location: {
        latitude: 48.85837,
        longitude: 2.294481,
        label: "Tour Eiffel",
        address: "5 avenue Anatole France, Paris",
      },
    }),
  );
  picture.addEventListener("change", async () => {
    const [file] = picture.files ?? [];
    if (!file) return;
    if (file.size > pictureMaxBytes) tell("Photo trop lourde : 5 Mo au plus.");
    else {
      say({ text: words.value, media: [{ contentType: file.type, data: await base64(file) }] });
      words.value = "";
    }
    picture.value = "";
  });
}

/** @param {Blob} file @returns {Promise<string>} */
async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
