/** The storage of this browser, or null on the server and where it is not allowed (a private window, a strict setting). */
export function ownStorage(): Storage | null {
  try {
    return typeof window === 'undefined' ? null : window.localStorage
  } catch {
    return null
  }
}
