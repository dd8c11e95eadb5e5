export type TranscriptFormat = 'vtt' | 'srt' | 'text'

/**
 * The format of a decoded text file, judged by its content; its name is used only when the content does not
 * tell.
 */
export function detectTranscriptFormat(text: string): TranscriptFormat {
  if (/^\s*WEBVTT/.test(text)) return 'vtt'
  const head = text.slice(0, 20_000)
  if (/^\s*\d[\d:]*,\d{1,3}\s*--?>\s*\d/m.test(head)) return 'srt'
  if (/^\s*\d[\d:]*\d[\d:.]*\s*-->\s*\d/m.test(head)) return 'vtt'
  return 'text'
}
