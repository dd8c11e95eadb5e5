/**
 * Opens the share sheet of the device; where there is none, or it cannot be used, copies the text and the address.
 * Resolves with what happened; null when the person closed the sheet or it took over.
 */
export async function shareAddress({
  title,
  text,
  url,
}: {
  title: string
  /** Goes before the address. */
  text?: string
  url: string
}): Promise<'copied' | 'refused' | null> {
  if ('share' in navigator) {
    try {
      await navigator.share({ title, url, ...(text === undefined ? {} : { text }) })
      return null
    } catch (error) {
      // Closing the share sheet is not a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return null
    }
  }
  return copyText([text, url].filter(Boolean).join('\n'))
}

/** Copies a text, which a browser may refuse. */
export async function copyText(text: string): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    return 'refused'
  }
}
