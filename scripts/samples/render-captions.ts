export type SpokenPart = { text: string; startMs: number; endMs: number }

/** Renders the parts as a WebVTT file. */
export function renderCaptions(parts: readonly SpokenPart[]): string {
  const cues = parts.map(
    ({ text, startMs, endMs }) => `${stamp(startMs)} --> ${stamp(endMs)}\n${escapeCue(text)}\n`,
  )
  return `WEBVTT\n\n${cues.join('\n')}`
}

function escapeCue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function stamp(ms: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(ms / 1000)
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`
}
