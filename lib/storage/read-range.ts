/** Reads a part of an object at its signed URL. It is held in memory, so it must be small. Throws if storage sends another. */
export async function readRange(
  url: string,
  { offset, sizeBytes }: { offset: number; sizeBytes: number },
  signal?: AbortSignal | undefined,
): Promise<Uint8Array> {
  const response = await fetch(url, {
    headers: { range: `bytes=${offset}-${offset + sizeBytes - 1}`, 'accept-encoding': 'identity' },
    ...(signal ? { signal } : {}),
  })
  if (response.status !== 206) {
    await response.body?.cancel()
    throw new Error(`Storage answered ${response.status} to a range`)
  }
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.byteLength !== sizeBytes) {
    throw new Error(`Storage sent ${bytes.byteLength} of ${sizeBytes} bytes`)
  }
  return bytes
}
