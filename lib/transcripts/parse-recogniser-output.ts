import type { Word } from './transcript.ts'

const wordLine = /^(\S+) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/

/**
 * Parses one line of `pocketsphinx_continuous -time yes`: a word with its times, moved by `offsetMs`; or null for the
 * line that repeats an utterance as text, for silences and for noises.
 */
export function parseRecogniserLine(line: string, offsetMs = 0): Word | null {
  const match = wordLine.exec(line.trim())
  if (!match) return null
  const [, token = '', start, end, posterior] = match
  if (/^(<.*>|\[.*\]|\+\+.*\+\+)$/.test(token)) return null
  // `our(3)` is the third way to say "our".
  const text = token.replace(/\(\d+\)$/, '')
  if (!text) return null
  return {
    text: /^i('|$)/.test(text) ? `I${text.slice(1)}` : text,
    startMs: offsetMs + Math.round(Number(start) * 1000),
    endMs: offsetMs + Math.round(Number(end) * 1000),
    confidence: Math.min(1, Math.max(0, Number(posterior))),
  }
}
