import { HttpClient } from './http-client.ts'
import { readProcessorMs } from './read-processor-time.ts'

export interface Delivery {
  partsPerSecond: number
  megabytesPerSecond: number
  /** Processor time of the server for each part; null where it cannot be read. */
  processorMsPerPart: number | null
}

/**
 * Requests parts of a file as fast as they arrive, on `connections` at once, for `seconds`. `pids` are the processes of
 * the server. The parts are the same for each server that is measured.
 */
export async function measureDelivery(
  url: string,
  {
    sizeBytes,
    partBytes,
    connections,
    seconds,
    pids,
  }: { sizeBytes: number; partBytes: number; connections: number; seconds: number; pids: readonly number[] },
): Promise<Delivery> {
  const client = new HttpClient({ connections })
  const { signal } = new AbortController()
  const parts = Math.floor(sizeBytes / partBytes)
  const processorMs = readProcessorMs(pids)
  const startedMs = performance.now()
  const endMs = startedMs + seconds * 1000
  let count = 0
  let bytes = 0
  const request = async (lane: number) => {
    for (let turn = 0; performance.now() < endMs; turn += 1) {
      const start = ((lane * 7 + turn) % parts) * partBytes
      const part = await client.read(url, { range: `bytes=${start}-${start + partBytes - 1}`, signal })
      count += 1
      bytes += part.sizeBytes
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, lane) => request(lane)))
  const elapsedSeconds = (performance.now() - startedMs) / 1000
  client.close()
  const usedMs = readProcessorMs(pids)
  return {
    partsPerSecond: count / elapsedSeconds,
    megabytesPerSecond: bytes / 1e6 / elapsedSeconds,
    processorMsPerPart: processorMs === null || usedMs === null ? null : (usedMs - processorMs) / count,
  }
}
