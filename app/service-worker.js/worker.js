/*
 * The service worker of this origin, sent by the route beside this file, which sets BUILD. It lets the app open without
 * a network: it keeps one page, the listener's library, with the files that this page needs, and nothing else. Saved
 * sermons are in caches of their own, which the pages read themselves (components/offline).
 */
const PAGE = '/library'
const SHELL = `selah-shell-${self.BUILD}`
const STATIC = '/_next/static/'
/** Addresses that are not pages. */
const NOT_PAGES = /^\/(api|auth|storage|feeds|embed|oembed|_next)(\/|$)|\.[a-z0-9]+$/

self.addEventListener('install', (event) => event.waitUntil(keepShell()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('message', (event) => {
  if (event.data?.type === 'use-new-version') self.skipWaiting()
  if (event.data?.type === 'keep') event.waitUntil(keepFiles(event.data.paths))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith(STATIC)) event.respondWith(readFile(request))
  else if (request.mode === 'navigate' && !NOT_PAGES.test(pathname))
    event.respondWith(openPage(event, pathname))
})

/** Keeps the page and every file that it names, also those that its scripts load later. */
async function keepShell() {
  const shell = await caches.open(SHELL)
  // Without cookies: the page that is kept shows nothing of an account.
  const response = await fetch(PAGE, { credentials: 'omit', cache: 'no-cache' })
  if (!response.ok || response.redirected) throw new Error(`${PAGE} cannot be kept: ${response.status}`)
  const page = await response.text()
  const kept = new Set()
  let found = namesIn(page)
  while (found.length > 0) {
    const texts = await Promise.all(found.map((path) => keepFile(shell, kept, path)))
    found = [...new Set(texts.flatMap(namesIn))].filter((path) => !kept.has(path))
  }
  await shell.put(PAGE, new Response(page, { headers: response.headers }))
}

/** The scripts and styles that a text names, as paths. */
function namesIn(text) {
  return [...new Set(text.match(/static\/chunks\/[\w.~-]+\.(?:js|css)/g))].map((name) => `/_next/${name}`)
}

async function keepFile(shell, kept, path) {
  kept.add(path)
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path} cannot be kept: ${response.status}`)
  await shell.put(path, response.clone())
  return response.text()
}

/** Keeps files that a page has loaded, such as the fonts of the listener's languages. */
async function keepFiles(paths) {
  const shell = await caches.open(SHELL)
  for (const path of paths) {
    if (path.startsWith(STATIC) && !(await shell.match(path))) await shell.add(path)
  }
}

/** Removes the files of earlier versions, and serves the pages that are open. */
async function takeOver() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('selah-shell-') && name !== SHELL)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

async function readFile(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

/** The page from the network. Without one: the library, at the sermon that the address names. */
async function openPage(event, pathname) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    if (pathname === PAGE) {
      const kept = await caches.match(PAGE, { ignoreSearch: true, ignoreVary: true })
      return kept ?? Response.error()
    }
    return Response.redirect(/^\/sermons\/./.test(pathname) ? `${PAGE}#${pathname}` : PAGE)
  }
}
