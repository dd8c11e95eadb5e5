const HOUR_MS = 3_600_000

/** Installs the service worker. Resolves when the app can open without a network; rejects if that is not possible. */
export async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register('/service-worker.js')
  const { active, installing, waiting } = registration
  const worker = installing ?? waiting
  if (!active && worker) await untilActive(worker)
  keepLoadedFonts(registration)
  return registration
}

function untilActive(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new DOMException(worker.scriptURL, 'AbortError'))
    }
    worker.addEventListener('statechange', look)
    look()
  })
}

/** The browser loads only the fonts of the alphabets that a page shows: these are kept. */
function keepLoadedFonts({ active }: ServiceWorkerRegistration): void {
  const paths = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.endsWith('.woff2'))
    .map(({ pathname }) => pathname)
  active?.postMessage({ type: 'keep', paths })
}

/**
 * Offers a new version of the app when one is installed. It is used when the listener accepts, or when every tab was
 * closed; never by itself. Returns a function that stops this.
 */
export function offerUpdates(
  registration: ServiceWorkerRegistration,
  offer: (accept: () => void) => void,
): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  const offerWaiting = () => {
    const { waiting } = registration
    if (!waiting || !navigator.serviceWorker.controller) return
    offer(() => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      waiting.postMessage({ type: 'use-new-version' })
    })
  }
  registration.addEventListener(
    'updatefound',
    () => registration.installing?.addEventListener('statechange', offerWaiting, { signal }),
    { signal },
  )
  const look = () => {
    // Without a network there is nothing new.
    registration.update().catch(() => undefined)
  }
  const timer = setInterval(look, HOUR_MS)
  offerWaiting()
  return () => {
    stopped.abort()
    clearInterval(timer)
  }
}
