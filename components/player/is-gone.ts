/**
 * Whether a recording is not served any more: it was unpublished, removed, or has another recording in its place. False
 * without an answer.
 */
export async function isGone(hlsUrl: string): Promise<boolean> {
  try {
    const { status } = await fetch(hlsUrl, { cache: 'no-store' })
    return status === 404
  } catch {
    return false
  }
}
