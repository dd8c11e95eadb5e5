import { plainCueText } from './cue-text.ts'
import { takeSpeakerPrefixes, tidySpeakers } from './name-speakers.ts'
import { parseCaptions } from './parse-captions.ts'
import { parseStampedLines } from './parse-stamped-lines.ts'
import { parseSubStation } from './parse-sub-station.ts'
import { parseTimedTable } from './parse-timed-table.ts'
import { parseTranscriptJson, type TimedText } from './parse-transcript-json.ts'
import { plainLine } from './read-clock.ts'
import { transcriptProblem } from './transcript-problem.ts'

/**
 * Reads the timed text of a decoded file in any supported format, recognised by its content. Null for text
 * without times. Throws AppError transcript.no_cues, transcript.unknown_json, transcript.web_page or
 * transcript.times_unread.
 */
export function readTimedText(text: string): TimedText | null {
  const timed = readFormats(text.replace(codeFence, ''))
  if (timed === null) {
    refuseLeftTimes(plainLine(text).trim().split(/\s+/), [...leftTimes, ...otherTimes])
    return null
  }
  if ('words' in timed) return { words: tidySpeakers(splitWords(timed.words)) }
  refuseLeftTimes(
    timed.cues.flatMap((cue) => cue.lines).flatMap((line) => line.split(/\s+/)),
    leftTimes,
  )
  return { cues: tidySpeakers(takeSpeakerPrefixes(timed.cues)) }
}

function readFormats(text: string): TimedText | null {
  if (/^\s*WEBVTT/.test(text)) {
    const cues = parseCaptions(dropBlocks(text))
    if (cues.length === 0) throw transcriptProblem('transcript.no_cues')
    return { cues }
  }
  const json = parseTranscriptJson(text)
  if (json) return json
  if (/^\s*(?:<!doctype html|<html|<head|<body|<\?xml|<tt[\s:>]|<sami|<div|<p[\s>])/i.test(text)) {
    throw transcriptProblem('transcript.web_page')
  }
  const dialogue = parseSubStation(text)
  if (dialogue && dialogue.length > 0) return { cues: dialogue }
  const captions = parseCaptions(text)
  if (captions.length > 0) return { cues: captions }
  const cues = parseTimedTable(text) ?? parseStampedLines(text)
  return cues && cues.length > 0 ? { cues } : null
}

// Their text may quote a timing line ("NOTE moved 00:01 --> 00:02"), so they are removed before cues are parsed.
function dropBlocks(text: string): string {
  const kept: string[] = []
  let dropping = false
  let previousBlank = true
  for (const line of text.split('\n')) {
    const blank = line.trim() === ''
    if (previousBlank && /^(NOTE|STYLE|REGION)(\s|$)/.test(line)) dropping = true
    if (blank) dropping = false
    if (!dropping) kept.push(line)
    previousBlank = blank
  }
  return kept.join('\n')
}

/** The marks that a chat puts around a pasted file. */
const codeFence = /^[ \t]*```\w*[ \t]*$/gm

const longTime = /^[\s"'“”[({<]*\d{1,2}:\d{2}:\d{2}(?:[.,;:]\d{1,3})?[\s"'“”\])}>:,.]*$/
const bracketedTime = /^[[({<]\d{1,3}:\d{2}(?:[.,]\d{1,3})?[\])}>]:?$/
/** Times of other formats: frames and tenths in brackets, "00h00m01s", "1.0s", digits of another script. */
const otherTimes = [
  /^[[{]\d+[\]}][[{]\d*[\]}]/,
  /^(?:[[<]\d{1,3}:\d{2}[.:]\d{2,3}[\]>]){2}/,
  /^\d{1,2}:\d{2}:\d{2}[:=,]\S/,
  /^\d{1,2}h\d{1,2}m\d{1,2}(?:[.,]\d+)?s/i,
  /^\p{Nd}{1,2}:\p{Nd}{2}:\p{Nd}{2}(?:[.,٫]\p{Nd}+)?$/u,
  /^\d+[.,]\d+s$/,
]
const leftTimes = [longTime, bracketedTime]
const FEW_TIMES = 2

/** Refuses a file with clock times among the words, because its times were not recognised. */
function refuseLeftTimes(words: readonly string[], forms: readonly RegExp[]): void {
  if (words[0]?.startsWith('Scenarist_SCC')) throw transcriptProblem('transcript.times_unread')
  const times = words.filter((word) => forms.some((form) => form.test(word))).length
  if (times > FEW_TIMES && times > words.length / 200) throw transcriptProblem('transcript.times_unread')
}

function splitWords(words: Extract<TimedText, { words: unknown }>['words']): typeof words {
  return words.flatMap((word) => {
    const text = plainCueText(word.text).replace(/\s+/g, '\u00a0').slice(0, 200)
    return text ? [{ ...word, text, endMs: Math.max(word.startMs, word.endMs) }] : []
  })
}
