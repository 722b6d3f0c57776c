// How what a phone holds is locked.
//
// The list is sealed for a key pair whose private half opens only with the code that its user chose, and a key of this
// phone that no script can read out. So a list can be renewed without the code, and read by nobody without it. What was
// written and not sent yet is sealed with the phone's key alone: it can be sent without the code, and is shown only
// after it.
import { clear, get, put, remove } from "./store.js";

const TRIES = 5;
const ROUNDS = 600_000; // of PBKDF2-SHA-256, as OWASP advises
const RSA = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
const bytes = (length) => crypto.getRandomValues(new Uint8Array(length));

async function phonesKey() {
  let key = await get("keys", "phone");
  if (!key) {
    key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await put("keys", "phone", key);
  }
  return key;
}

async function lock(key, data) {
  const iv = bytes(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
}

const unlock = (key, locked) => crypto.subtle.decrypt({ name: "AES-GCM", iv: locked.iv }, key, locked.data);
const toBytes = (value) => new TextEncoder().encode(JSON.stringify(value));
const fromBytes = (buffer) => JSON.parse(new TextDecoder().decode(buffer));

export const sealOwn = async (value) => lock(await phonesKey(), toBytes(value));
export const openOwn = async (locked) => fromBytes(await unlock(await phonesKey(), locked));

async function keyOf(code, salt) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(code), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function chooseCode(code) {
  const pair = await crypto.subtle.generateKey(RSA, true, ["wrapKey", "unwrapKey"]);
  const salt = bytes(16);
  const inner = await lock(await keyOf(code, salt), await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const outer = await lock(await phonesKey(), inner.data);
  await put("keys", "private", { salt, iv: inner.iv, outer });
  await put("keys", "public", pair.publicKey);
  await put("facts", "tries", 0);
}

export const hasCode = async () => Boolean(await get("keys", "public"));

export async function seal(pack, owner) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const locked = await lock(key, toBytes(pack));
  const wrapped = await crypto.subtle.wrapKey("raw", key, await get("keys", "public"), { name: "RSA-OAEP" });
  await put("pack", "list", { wrapped, locked, owner, until: pack.until, made: pack.made });
}

export const held = () => get("pack", "list");

// The list, or null when the code is wrong; after five wrong codes the list is forgotten. What waits to be sent stays.
export async function open(code) {
  const tries = ((await get("facts", "tries")) ?? 0) + 1;
  await put("facts", "tries", tries); // counted before, so that pulling the plug is no way around
  const [kept, list] = [await get("keys", "private"), await held()];
  if (!kept || !list) return null;
  try {
    const inner = await unlock(await phonesKey(), kept.outer);
    const pkcs8 = await unlock(await keyOf(code, kept.salt), { iv: kept.iv, data: inner });
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: RSA.name, hash: RSA.hash }, false, ["unwrapKey"]);
    await put("facts", "tries", 0);
    return await reader(key);
  } catch {
    if (tries >= TRIES) await forget();
    return null;
  }
}

// Reads the list as it is now and after each renewal, as long as the page is open.
async function reader(key) {
  return async () => {
    const list = await held();
    if (!list) return null;
    const how = [{ name: "RSA-OAEP" }, { name: "AES-GCM" }, false, ["decrypt"]];
    const opened = await crypto.subtle.unwrapKey("raw", list.wrapped, key, ...how);
    return fromBytes(await unlock(opened, list.locked));
  };
}

export const triesLeft = async () => TRIES - ((await get("facts", "tries")) ?? 0);

export async function forget() {
  await clear("pack");
  await Promise.all(["private", "public"].map((name) => remove("keys", name)));
  await put("facts", "tries", 0);
}
