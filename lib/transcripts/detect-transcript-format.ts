export type TranscriptFormat = 'vtt' | 'srt' | 'text'

/** What a decoded text file is, judged by its content; its name is only believed where the content says nothing. */
export function detectTranscriptFormat(text: string): TranscriptFormat {
  if (/^\s*WEBVTT/.test(text)) return 'vtt'
  const head = text.slice(0, 20_000)
  if (/^\s*\d[\d:]*,\d{1,3}\s*--?>\s*\d/m.test(head)) return 'srt'
  if (/^\s*\d[\d:]*\d[\d:.]*\s*-->\s*\d/m.test(head)) return 'vtt'
  return 'text'
}
