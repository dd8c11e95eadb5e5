import { Agent, get as request } from 'node:http'

/** One person's browser: connections that are kept, and redirects that are followed as long as they may be. */
export class HttpClient {
  readonly #agent: Agent
  readonly #redirects = new Map<string, { url: string; untilMs: number }>()

  constructor({ connections = 2 }: { connections?: number } = {}) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** Reads an answer to its end. Rejects for a status that is not 200 or 206, and when `signal` ends it. */
  async read(
    url: string,
    { range, signal, asText = false }: { range?: string; signal: AbortSignal; asText?: boolean },
  ): Promise<{ sizeBytes: number; text: string }> {
    const known = this.#redirects.get(url)
    const isKnown = known !== undefined && Date.now() < known.untilMs
    const answer = await this.#send(isKnown ? known.url : url, { range, signal, asText })
    if (answer.location === null) return answer
    const target = new URL(answer.location, url).href
    this.#redirects.set(url, { url: target, untilMs: Date.now() + answer.maxAgeMs })
    return this.#send(target, { range, signal, asText })
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(
    url: string,
    { range, signal, asText }: { range: string | undefined; signal: AbortSignal; asText: boolean },
  ): Promise<{ sizeBytes: number; text: string; location: string | null; maxAgeMs: number }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent: this.#agent, signal, headers: range === undefined ? {} : { range } },
        (response) => {
          const { statusCode = 0, headers } = response
          const isRedirect = statusCode >= 300 && statusCode < 400
          if (!isRedirect && statusCode !== 200 && statusCode !== 206)
            reject(new Error(`It was answered with ${statusCode}`))
          let sizeBytes = 0
          let text = ''
          response.on('data', (chunk: Buffer) => {
            sizeBytes += chunk.byteLength
            if (asText) text += chunk.toString('utf8')
          })
          response.on('error', reject)
          response.on('end', () => {
            const maxAgeMs = Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? 0) * 1000
            resolve({ sizeBytes, text, location: isRedirect ? (headers.location ?? null) : null, maxAgeMs })
          })
        },
      )
      sent.on('error', reject)
    })
  }
}
