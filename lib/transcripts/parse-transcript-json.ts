import { z } from 'zod'
import { cue, ms, type Someone, seconds, someone, type TimedText, word } from './json-times.ts'
import { list, wordList } from './parse-json-list.ts'
import type { Word } from './transcript.ts'
import { transcriptProblem } from './transcript-problem.ts'

const podcast = z
  .object({
    segments: z
      .array(z.object({ startTime: seconds, endTime: seconds.nullish(), body: z.string(), speaker: someone }))
      .min(1),
  })
  .transform(
    ({ segments }): TimedText => ({
      cues: segments.map((s) => cue(s.startTime, s.endTime ?? 0, s.body, s.speaker)),
    }),
  )

const whisperWord = z
  .object({
    word: z.string().optional(),
    text: z.string().optional(),
    start: seconds.optional(),
    end: seconds.optional(),
    speaker: someone,
  })
  .refine(({ word: a, text: b }) => a !== undefined || b !== undefined)
const whisper = z
  .object({
    segments: z
      .array(
        z.object({
          start: seconds,
          end: seconds.nullish(),
          text: z.string(),
          words: z.array(whisperWord).nullish(),
          speaker: someone,
        }),
      )
      .min(1),
  })
  .transform(({ segments }): TimedText => {
    if (segments.some(({ words, text }) => !words?.length && text.trim() !== '')) {
      return { cues: segments.map((s) => cue(s.start, s.end ?? 0, s.text, s.speaker)) }
    }
    return { words: segments.flatMap((segment) => joinPieces(timedWords(segment.words ?? [], segment))) }
  })
/** A number that the aligner could not place has no times: it begins at the end of the previous word. */
function timedWords(
  words: readonly z.infer<typeof whisperWord>[],
  segment: { start: number; speaker?: Someone },
): Word[] {
  let at = segment.start
  return words.map((item) => {
    const startMs = item.start ?? at
    at = Math.max(startMs, item.end ?? startMs)
    return word(startMs, at, item.word ?? item.text ?? '', item.speaker ?? segment.speaker)
  })
}

/** Where most words begin with a space, one that does not is the rest of the word before it. */
function joinPieces(words: readonly Word[]): Word[] {
  const spaced = words.filter(({ text }) => /^\s/.test(text)).length
  if (spaced * 2 < words.length) return [...words]
  const joined: Word[] = []
  for (const item of words) {
    const last = joined.at(-1)
    if (!last || /^\s/.test(item.text)) joined.push({ ...item })
    else Object.assign(last, { text: last.text + item.text, endMs: item.endMs })
  }
  return joined
}

const chunks = z
  .object({
    chunks: z.array(z.object({ timestamp: z.tuple([seconds, seconds.nullable()]), text: z.string() })).min(1),
  })
  .transform(
    ({ chunks: all }): TimedText => ({
      cues: all.map((c) => cue(c.timestamp[0], c.timestamp[1] ?? 0, c.text)),
    }),
  )
const whisperCpp = z
  .object({
    transcription: z.array(z.object({ offsets: z.object({ from: ms, to: ms }), text: z.string() })).min(1),
  })
  .transform(
    ({ transcription }): TimedText => ({
      cues: transcription.map((s) => cue(s.offsets.from, s.offsets.to, s.text)),
    }),
  )

const deepgramWord = z.object({
  word: z.string(),
  punctuated_word: z.string().optional(),
  start: seconds,
  end: seconds,
  speaker: someone,
})
const spokenChannel = z.object({ alternatives: z.array(z.object({ words: z.array(deepgramWord) })).min(1) })
const deepgram = z
  .object({ results: z.object({ channels: z.array(spokenChannel).min(1) }) })
  .transform(({ results }) => results.channels.map(({ alternatives: [first] }) => first?.words ?? []))
  .refine((channels) => channels.some((words) => words.length > 0))
  .transform((channels): TimedText => {
    const spoken = channels.map((words) =>
      words.map((w) => word(w.start, w.end, w.punctuated_word ?? w.word, w.speaker)),
    )
    return { words: mergeChannels(spoken) }
  })
/** The words of a channel are left out where an earlier channel has the same ones: both hear one microphone. */
function mergeChannels(channels: readonly (readonly Word[])[]): Word[] {
  const [fullest = [], ...others] = channels.toSorted((a, b) => b.length - a.length)
  const heard = new Set(fullest.map(soundOf))
  const more = others.filter(
    (words) => words.filter((item) => heard.has(soundOf(item))).length < words.length * SAME_SHARE,
  )
  return [fullest, ...more].flat().sort((a, b) => a.startMs - b.startMs)
}
const SAME_SHARE = 0.5
const soundOf = ({ text, startMs }: Word) => `${text.toLowerCase()} ${Math.round(startMs / 1000)}`
/** Without words for each channel, what was said is in the utterances. */
const utterances = z
  .object({
    results: z.object({
      utterances: z
        .array(z.object({ start: seconds, end: seconds, transcript: z.string(), speaker: someone }))
        .min(1),
    }),
  })
  .transform(
    ({ results }): TimedText => ({
      cues: results.utterances.map((u) => cue(u.start, u.end, u.transcript, u.speaker)),
    }),
  )

const aws = z
  .object({
    results: z.object({
      items: z
        .array(
          z.object({
            type: z.string(),
            start_time: seconds.optional(),
            end_time: seconds.optional(),
            speaker_label: someone,
            alternatives: z.array(z.object({ content: z.string() })).min(1),
          }),
        )
        .min(1),
    }),
  })
  .transform(({ results }): TimedText => {
    const words: Word[] = []
    for (const item of results.items) {
      const text = item.alternatives[0]?.content ?? ''
      const last = words.at(-1)
      if (item.start_time !== undefined)
        words.push(word(item.start_time, item.end_time ?? item.start_time, text, item.speaker_label))
      else if (last) last.text += text
    }
    return { words }
  })
const google = z
  .object({
    results: z
      .array(
        z.object({
          alternatives: z
            .array(
              z.object({
                words: z
                  .array(
                    z.object({
                      word: z.string(),
                      startTime: seconds.default(0),
                      endTime: seconds,
                      speakerTag: someone,
                    }),
                  )
                  .optional(),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
  })
  .transform(
    ({ results }): TimedText => ({
      words: results.flatMap((r) =>
        (r.alternatives[0]?.words ?? []).map((w) => word(w.startTime, w.endTime, w.word, w.speakerTag)),
      ),
    }),
  )
const assembly = z
  .object({
    words: z.array(z.object({ text: z.string(), start: ms, end: ms, speaker: someone })).min(1),
    audio_duration: z.unknown(),
  })
  .transform(({ words }): TimedText => ({ words: words.map((w) => word(w.start, w.end, w.text, w.speaker)) }))
const rev = z
  .object({
    monologues: z
      .array(
        z.object({
          speaker: someone,
          elements: z.array(
            z.object({
              type: z.string(),
              value: z.string().optional(),
              ts: seconds.optional(),
              end_ts: seconds.optional(),
            }),
          ),
        }),
      )
      .min(1),
  })
  .transform(({ monologues }): TimedText => {
    const words: Word[] = []
    for (const { elements, speaker } of monologues) {
      for (const { ts, end_ts: end, value = '' } of elements) {
        const last = words.at(-1)
        if (ts !== undefined) words.push(word(ts, end ?? ts, value, speaker))
        else if (last) last.text += value.trim()
      }
    }
    return { words }
  })
const youtube = z
  .object({
    events: z
      .array(
        z.object({
          tStartMs: ms.optional(),
          dDurationMs: ms.optional(),
          segs: z.array(z.object({ utf8: z.string().default('') })).optional(),
        }),
      )
      .min(1),
  })
  .transform(
    ({ events }): TimedText => ({
      cues: events.map((event) =>
        cue(
          event.tStartMs ?? 0,
          (event.tStartMs ?? 0) + (event.dDurationMs ?? 0),
          (event.segs ?? []).map((s) => s.utf8).join(''),
        ),
      ),
    }),
  )
const shapes = z.union([
  podcast,
  whisper,
  chunks,
  whisperCpp,
  deepgram,
  utterances,
  aws,
  google,
  assembly,
  rev,
  youtube,
  list,
  z.object({ results: list }).transform(({ results }) => results),
  z.object({ words: wordList }).transform(({ words }) => words),
  z.object({ transcript: list }).transform(({ transcript }) => transcript),
])

/**
 * The timed text of a JSON transcript: Podcasting 2.0, Whisper (also whisper.cpp and transformers), Deepgram, AWS
 * Transcribe, Google, AssemblyAI, Rev, YouTube, or a list of timed lines. Null if the text is not JSON. Throws
 * AppError transcript.unknown_json for other JSON.
 */
export function parseTranscriptJson(text: string): TimedText | null {
  const start = text.trimStart()
  if (!/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start)) return null
  let value: unknown
  try {
    value = JSON.parse(start)
  } catch (cause) {
    throw transcriptProblem('transcript.unknown_json', cause)
  }
  const read = shapes.safeParse(value)
  if (!read.success) throw transcriptProblem('transcript.unknown_json', read.error)
  return read.data
}
