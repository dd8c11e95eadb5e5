import { plainCueText } from './cue-text.ts'
import type { TimedText } from './json-times.ts'
import { refuseLeftTimes } from './left-times.ts'
import { takeSpeakerLines, takeSpeakerPrefixes, tidySpeakers } from './name-speakers.ts'
import { parseCaptions } from './parse-captions.ts'
import { parseStampedLines } from './parse-stamped-lines.ts'
import { parseSubStation } from './parse-sub-station.ts'
import { parseTimedTable } from './parse-timed-table.ts'
import { parseTranscriptJson } from './parse-transcript-json.ts'
import { transcriptProblem } from './transcript-problem.ts'

/**
 * Reads the timed text of a decoded file in any supported format, recognised by its content. Null for text
 * without times. Throws AppError transcript.no_cues, transcript.unknown_json, transcript.web_page or
 * transcript.times_unread.
 */
export function readTimedText(text: string): TimedText | null {
  const timed = readFormats(text.replace(codeFence, ''))
  if (timed === null) {
    const isPage = (text.match(markup) ?? []).length > FEW_TAGS || timedMarkup.test(text)
    if (isPage) throw transcriptProblem('transcript.web_page')
    if ((text.match(fields) ?? []).length > FEW_TAGS) throw transcriptProblem('transcript.unknown_json')
    refuseLeftTimes(text.split('\n'), { isTimed: false })
    return null
  }
  if ('words' in timed) return { words: tidySpeakers(splitWords(timed.words)) }
  const cues = takeSpeakerPrefixes(takeSpeakerLines(timed.cues))
  refuseLeftTimes(
    cues.flatMap(({ lines }) => lines),
    { isTimed: true },
  )
  return { cues: tidySpeakers(cues) }
}

function readFormats(text: string): TimedText | null {
  if (/^\s*WEBVTT/i.test(text)) {
    const cues = parseCaptions(dropBlocks(text))
    if (cues.length === 0) throw transcriptProblem('transcript.no_cues')
    return { cues }
  }
  if (unreadable.test(text)) throw transcriptProblem('transcript.times_unread')
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
  let isHeader = false
  let previousBlank = true
  for (const line of text.split('\n')) {
    const blank = line.trim() === ''
    if (previousBlank && /^(?:NOTE|STYLE|REGION)(?:\s|$)|^X-TIMESTAMP-MAP=/.test(line)) dropping = true
    // Files that were joined have a header each, and the first cue may follow it without an empty line.
    if (previousBlank && kept.length > 0 && /^WEBVTT(?:\s|$)/i.test(line)) isHeader = true
    if (isHeader && (blank || line.includes('-->'))) isHeader = false
    if (blank) dropping = false
    if (!dropping && !isHeader) kept.push(line)
    previousBlank = blank
  }
  return kept.join('\n')
}

/** The tags of a part of a web page. */
const markup = /<\/?(?:p|div|span|table|tr|t[dh]|[uo]l|li|a|h[1-6]|br|section|article)\b[^<>]{0,300}>/gi
/** The tags of a file of captions in some kind of XML: each time is an attribute. */
const timedMarkup = /<[a-z][\w:]*\s(?:[^<>]{0,200}\s)?(?:begin|start|t|time|in)\s*=\s*["'][^<>]{0,200}>/i
const FEW_TAGS = 3
/** The names of values in the source of a program. */
const fields = /[{,]\s*(?:'\w+'|"\w+")\s*:\s*(?:['"\d[{-]|null|None)/g

/** Captions as codes of a broadcast, and with times that count from the caption before. */
const unreadable = /^\s*(?:Scenarist_SCC|FORMAT=(?:TIME|\d))/

/** The marks that a chat puts around a pasted file. */
const codeFence = /^[ \t]*```\w*[ \t]*$/gm

function splitWords(words: Extract<TimedText, { words: unknown }>['words']): typeof words {
  return words.flatMap((word) => {
    const text = plainCueText(word.text).replace(/\s+/g, '\u00a0').slice(0, 200)
    return text ? [{ ...word, text, endMs: Math.max(word.startMs, word.endMs) }] : []
  })
}
