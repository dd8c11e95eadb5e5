import { setTimeout as wait } from 'node:timers/promises'
import { HttpClient } from './http-client.ts'
import { PlaybackClock } from './playback-clock.ts'
import { readMasterPlaylist, readMediaPlaylist } from './read-playlist.ts'

/** As far ahead as the player of the pages reads (`components/player/attach-hls.ts`). */
const BUFFER_MS = 60_000
const RETRY_AFTER_MS = 500

export interface ListenerReport {
  /** From the press of play to the first part; null when it never arrived. */
  startMs: number | null
  stallsMs: number[]
  /** From each request of a part to its last byte. */
  partsMs: number[]
  sizeBytes: number
  failures: string[]
}

/**
 * Listens as the player does until `signal` ends it: reads the playlists and the parts from `startAt` (0 to 1) of the
 * recording on, up to a minute ahead, and begins again at its end.
 */
export async function simulateListener(
  masterUrl: string,
  { startAt, signal }: { startAt: number; signal: AbortSignal },
): Promise<ListenerReport> {
  const client = new HttpClient()
  const clock = new PlaybackClock(performance.now())
  const report: ListenerReport = { startMs: null, stallsMs: [], partsMs: [], sizeBytes: 0, failures: [] }
  const readText = async (url: string) => (await client.read(url, { signal, asText: true })).text
  try {
    const mediaUrl = readMasterPlaylist(await retry(() => readText(masterUrl)), masterUrl)
    const { first, parts } = readMediaPlaylist(await retry(() => readText(mediaUrl)), mediaUrl)
    await retry(() => client.read(first.url, { range: first.range, signal }))
    for (let index = Math.floor(startAt * parts.length); ; index += 1) {
      const part = parts[index % parts.length]
      if (!part) throw new Error(`${mediaUrl} names no parts`)
      await wait(Math.max(0, clock.aheadMs(performance.now()) - BUFFER_MS), undefined, { signal })
      const sentMs = performance.now()
      const { sizeBytes } = await retry(() => client.read(part.url, { range: part.range, signal }))
      const nowMs = performance.now()
      report.partsMs.push(nowMs - sentMs)
      report.sizeBytes += sizeBytes
      clock.arrive(part.durationMs, nowMs)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    client.close()
  }
  clock.finish(performance.now())
  return { ...report, startMs: clock.startMs, stallsMs: clock.stallsMs }

  /** A failure is counted, and the same is requested again until it arrives. */
  async function retry<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read()
      } catch (error) {
        if (signal.aborted) throw error
        report.failures.push(error instanceof Error ? error.message : String(error))
        await wait(RETRY_AFTER_MS, undefined, { signal })
      }
    }
  }
}
