/** As long as browsers may reuse such a redirect (`lib/storage/redirect-to-object.ts`), which they do not for parts of a file. */
const REUSE_MS = 60_000

type Direct = { url: string; untilMs: number }

/**
 * Where the files of a stream were redirected to. The next parts are requested there, which saves a listener who jumps
 * one of two round trips.
 */
export class DirectAddresses {
  readonly #directs = new Map<string, Direct>()

  /** Where to request a part of the file at `url`, which may be `url` itself. */
  find(url: string, nowMs: number): string {
    const direct = this.#directs.get(url)
    return direct && nowMs < direct.untilMs ? direct.url : url
  }

  /** Keeps where the answer to a request of `url` came from. An answer without the part ends what was kept. */
  note(url: string, answer: { url: string; isOk: boolean; requestedUrl: string }, nowMs: number): void {
    if (!answer.isOk) this.#directs.delete(url)
    else if (answer.requestedUrl === url && answer.url !== url)
      this.#directs.set(url, { url: answer.url, untilMs: nowMs + REUSE_MS })
  }
}
