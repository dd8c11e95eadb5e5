const offlineKey = 'selah:offline'
const limitKey = 'selah:offline-limit'

/** How much room saved sermons may take. An hour of speech takes about 45 MB. */
export const limitChoicesBytes = [
  250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000,
] as const
const DEFAULT_LIMIT_BYTES = 1_000_000_000

/** Whether this browser has saved a sermon, and so opens the app without a network. */
export function recallOffline(storage: Storage | null): boolean {
  return storage?.getItem(offlineKey) === 'on'
}

export function rememberOffline(storage: Storage | null): void {
  storage?.setItem(offlineKey, 'on')
}

export function recallLimitBytes(storage: Storage | null): number {
  const limitBytes = Number(storage?.getItem(limitKey))
  return limitChoicesBytes.find((choice) => choice === limitBytes) ?? DEFAULT_LIMIT_BYTES
}

export function rememberLimitBytes(storage: Storage | null, limitBytes: number): void {
  storage?.setItem(limitKey, String(limitBytes))
}
