/** A part of a file by its address and its bytes; `rangeEnd` is the first byte after it. */
export type PartRange = {
  url: string
  rangeStart?: number | undefined
  rangeEnd?: number | undefined
}

export type RequestedPart = { sentMs: number; body: Promise<ArrayBuffer>; aborting: AbortController }

const keyOf = ({ url, rangeStart, rangeEnd }: PartRange) => `${rangeStart}-${rangeEnd} ${url}`

/** Parts of a recording that are requested before the streaming code asks for them. */
export class PartsAhead {
  readonly #requested = new Map<string, RequestedPart>()

  /** Requests the parts, each at the address that `findAddress` gives, and gives up the others that nobody asked for. */
  request(parts: readonly PartRange[], findAddress: (url: string) => string): void {
    const wanted = new Map(parts.map((part) => [keyOf(part), part]))
    for (const key of this.#requested.keys()) if (!wanted.has(key)) this.#drop(key)
    for (const [key, part] of wanted) {
      if (this.#requested.has(key)) continue
      const aborting = new AbortController()
      const body = fetchPart(part, findAddress(part.url), aborting.signal)
      // A failure is handled where the part is taken; it may be given up before.
      body.catch(() => undefined)
      this.#requested.set(key, { sentMs: performance.now(), body, aborting })
    }
  }

  /** The part if it was requested, once. */
  take(part: PartRange): RequestedPart | null {
    const key = keyOf(part)
    const requested = this.#requested.get(key) ?? null
    this.#requested.delete(key)
    return requested
  }

  drop(): void {
    for (const key of this.#requested.keys()) this.#drop(key)
  }

  #drop(key: string): void {
    this.#requested.get(key)?.aborting.abort()
    this.#requested.delete(key)
  }
}

/** Browsers answer requests of one address one after the other, except those that are not to be stored. */
async function fetchPart(
  { rangeStart = 0, rangeEnd = 0 }: PartRange,
  address: string,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const headers = { range: `bytes=${rangeStart}-${rangeEnd - 1}` }
  const response = await fetch(address, { headers, cache: 'no-store', signal })
  if (response.status !== 206) throw new Error(`The part was answered with ${response.status}`)
  return response.arrayBuffer()
}
