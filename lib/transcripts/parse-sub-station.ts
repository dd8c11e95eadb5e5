import type { Cue } from './cue.ts'
import { plainCueText } from './cue-text.ts'
import { readClock } from './read-clock.ts'

/** Parses SubStation Alpha captions (ASS, SSA); null if the text has no dialogue lines. */
export function parseSubStation(text: string): Cue[] | null {
  const lines = text.split('\n')
  if (!lines.some((line) => /^\s*Dialogue:/i.test(line))) return null
  const events = lines.findIndex((line) => /^\s*\[Events\]/i.test(line))
  const format = lines.slice(Math.max(0, events)).find((line) => /^\s*Format:/i.test(line))
  if (!format) return null
  const names = format
    .replace(/^\s*Format:/i, '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  const [start, end, body, name, actor] = ['start', 'end', 'text', 'name', 'actor'].map((name) =>
    names.indexOf(name),
  )
  return lines.flatMap((line) => {
    if (!/^\s*Dialogue:/i.test(line)) return []
    const fields = line.replace(/^\s*Dialogue:/i, '').split(',')
    const startMs = readClock(fields[start ?? -1] ?? '')
    const endMs = readClock(fields[end ?? -1] ?? '')
    // The text is the last field and may contain commas.
    const spoken = fields.slice(body ?? names.length - 1).join(',')
    const plain = spoken
      .replace(/\{[^}]{0,300}\}/g, '')
      .split(/\\[Nn]/)
      .map((part) => plainCueText(part.replaceAll('\\h', ' ')))
    // Shapes are drawn by commands in the place of words.
    const kept = /\{[^}]{0,300}\\p[1-9]/.test(spoken) ? [] : plain.filter(Boolean)
    if (startMs === null || kept.length === 0) return []
    const cue = { startMs: Math.max(0, startMs), endMs: Math.max(0, endMs ?? 0), lines: kept }
    const speaker = plainCueText(fields[name === -1 ? (actor ?? -1) : (name ?? -1)] ?? '')
    return [speaker ? { ...cue, speaker } : cue]
  })
}
