// The service worker: keeps the page of the phone and its files, and shows it when a page cannot be reached.
// `KEPT`, `LANGUAGES` and `PAGE` are written before this by the server, which knows the names of the files.
const KEEP = `omtanke-${self.KEPT.join("|")}`;
const PATIENCE = 8_000; // ms until a page that does not come counts as no coverage
const IN_EACH_LANGUAGE = self.LANGUAGES.map((code) => `${self.PAGE}?language=${code}`);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEEP).then((kept) => kept.addAll([self.PAGE, ...IN_EACH_LANGUAGE, ...self.KEPT])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => names.filter((name) => name.startsWith("omtanke-") && name !== KEEP));
  event.waitUntil(others.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => clients.claim()));
});

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    const kept = await caches.match(self.PAGE);
    return kept ?? Response.error();
  }
}

// A form that does not get through: on to the page that needs no coverage, which says so.
async function form(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(`${self.PAGE}?lost=yes`, 303);
  }
}

const FINGERPRINT = /\.[0-9a-f]{12}\.\w+$/; // a file whose name changes with its content never grows old

async function keptFirst(request) {
  return (await caches.match(request)) ?? freshFirst(request);
}

async function freshFirst(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await (await caches.open(KEEP)).put(request, fresh.clone());
    return fresh;
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

// The phone's page. In which language it was looked at last, in that it comes again, with coverage or without.
async function itself(request) {
  const here = await caches.open(KEEP);
  const { pathname, search } = new URL(request.url);
  const inLanguage = IN_EACH_LANGUAGE.includes(pathname + search) ? request : null;
  let answer;
  try {
    answer = await fetch(request);
    if (answer.ok && inLanguage) await here.put(inLanguage, answer.clone());
  } catch {
    answer = (inLanguage && (await here.match(inLanguage, { ignoreVary: true }))) ?? (await here.match(self.PAGE, { ignoreVary: true })) ?? Response.error();
  }
  if (answer.ok) await here.put(self.PAGE, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") {
    event.respondWith(form(request));
  } else if (request.mode === "navigate") {
    event.respondWith(address.pathname === self.PAGE ? itself(request) : page(request));
  } else if (request.method === "GET" && address.pathname.startsWith("/static/")) {
    event.respondWith(FINGERPRINT.test(address.pathname) ? keptFirst(request) : freshFirst(request));
  }
});
