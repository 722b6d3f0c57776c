// What a phone keeps, in IndexedDB: keys, the list it has taken along, what was done and not yet sent, and drafts.
const NAME = "omtanke-phone";
const STORES = ["keys", "pack", "events", "drafts", "facts"];
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function within(store, mode, ask) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = ask(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (store, key) => within(store, "readonly", (it) => it.get(key));
export const put = (store, key, value) => within(store, "readwrite", (it) => it.put(value, key));
export const remove = (store, key) => within(store, "readwrite", (it) => it.delete(key));
export const clear = (store) => within(store, "readwrite", (it) => it.clear());
export const all = (store) => within(store, "readonly", (it) => it.getAll());

// Pages that only want to know whether there is anything must not make a database where there is none.
export async function isThere() {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some((one) => one.name === NAME);
}
