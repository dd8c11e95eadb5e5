/** Drawing takes up to a second; these are the images that are requested repeatedly. */
const MAX_KEPT = 40
const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** Draws an image once for each key and keeps the latest ones in memory. A failure is not kept. */
export function keepDrawn(
  key: string,
  draw: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const known = kept.get(key)
  if (known) return known
  const made = draw()
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  const oldest = kept.keys().next()
  if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value)
  return made
}
