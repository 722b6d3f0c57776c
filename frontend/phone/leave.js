// Whoever logs out leaves no list behind: any page of another person, or of nobody, makes the phone forget it.
import { isThere } from "./store.js";

export async function leaveNothingBehind() {
  const user = document.querySelector("meta[name=omtanke-user]");
  if (!user || !(await isThere())) return;
  const { tidy } = await import("./contact.js");
  await tidy(Number(user.content) || null);
}
