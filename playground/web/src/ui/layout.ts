/** Which of the three layouts the width asks for. */
import { signal } from "@preact/signals";

type Layout = "wide" | "medium" | "phone";
const phone = matchMedia("(max-width: 719px)"), medium = matchMedia("(max-width: 1199px)");
const measure = (): Layout => (phone.matches ? "phone" : medium.matches ? "medium" : "wide");
export const layout = signal<Layout>(measure());
for (const q of [phone, medium]) q.addEventListener("change", () => (layout.value = measure()));
