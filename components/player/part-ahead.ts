/** A part of a file by its address and its bytes; `rangeEnd` is the first byte after it. */
export type PartRange = {
  url: string
  rangeStart?: number | undefined
  rangeEnd?: number | undefined
}

export type RequestedPart = { sentMs: number; body: Promise<ArrayBuffer> }

const keyOf = ({ url, rangeStart, rangeEnd }: PartRange) => `${rangeStart}-${rangeEnd} ${url}`

/** One part of a recording that is requested before the streaming code asks for it. */
export class PartAhead {
  #requested: (RequestedPart & { key: string; aborting: AbortController }) | null = null

  /** Requests a part at `address`, and gives up the one before it that nobody asked for. */
  request(part: PartRange, address: string): void {
    const key = keyOf(part)
    if (this.#requested?.key === key) return
    this.drop()
    const aborting = new AbortController()
    const body = fetchPart(part, address, aborting.signal)
    // A failure is handled where the part is taken; it may be given up before.
    body.catch(() => undefined)
    this.#requested = { key, sentMs: performance.now(), body, aborting }
  }

  /** The part if it was requested, once. */
  take(part: PartRange): RequestedPart | null {
    const requested = this.#requested
    if (requested?.key !== keyOf(part)) return null
    this.#requested = null
    return requested
  }

  drop(): void {
    this.#requested?.aborting.abort()
    this.#requested = null
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
