import { describe, expect, it, test } from 'vitest'
import { fromStoredTranscript } from './from-stored-transcript.ts'
import { parseTranscriptFile } from './parse-transcript-file.ts'
import { renderSrt } from './render-srt.ts'
import { renderVtt } from './render-vtt.ts'
import { toStoredTranscript } from './to-stored-transcript.ts'

const read = (content: string) =>
  parseTranscriptFile({ bytes: new TextEncoder().encode(content), durationMs: 600_000 })
const store = (content: string) => toStoredTranscript({ ...read(content), language: 'en' })
const turnsOf = (content: string) => store(content).speakerTurns
const textOf = (content: string) =>
  read(content)
    .words.map(({ text }) => text)
    .join(' ')

const vtt = `WEBVTT

00:00:01.000 --> 00:00:03.000
<v.loud Ruth & Boaz>Grace to you

00:00:03.000 --> 00:00:05.000
<v Ruth &amp; Boaz>and peace.

00:00:05.000 --> 00:00:08.000
<v Naomi>And also with you.
`
const whisper = (speakers: readonly string[]) =>
  JSON.stringify({
    segments: speakers.map((speaker, index) => ({
      start: index * 2,
      end: index * 2 + 1,
      text: ` Grace ${index}`,
      speaker,
    })),
  })

describe('the speakers of a file', () => {
  it.each<[name: string, content: string, turns: [number, string][]]>([
    [
      'WebVTT voices',
      vtt,
      [
        [0, 'Ruth & Boaz'],
        [5, 'Naomi'],
      ],
    ],
    [
      'two voices in one cue',
      'WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ruth>Grace to you</v>\n<v Naomi>and peace</v>\n',
      [
        [0, 'Ruth'],
        [3, 'Naomi'],
      ],
    ],
    [
      'names before the words of SubRip',
      ['Ruth: Grace', 'Ruth: to you', 'Naomi: and', 'Naomi: peace']
        .map((line, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at + 1},000\n${line}\n`)
        .join('\n'),
      [
        [0, 'Ruth'],
        [3, 'Naomi'],
      ],
    ],
    [
      'numbers of a recogniser',
      whisper(['SPEAKER_00', 'SPEAKER_01']),
      [
        [0, 'Speaker 1'],
        [2, 'Speaker 2'],
      ],
    ],
    [
      'Podcasting 2.0',
      '{"version":"1.0.0","segments":[{"speaker":"A","startTime":0.5,"endTime":2.1,"body":"Grace to you"},{"speaker":"B","startTime":2.5,"endTime":4,"body":"and peace"}]}',
      [
        [0, 'A'],
        [3, 'B'],
      ],
    ],
    [
      'a column of a table',
      'Start,End,Speaker,Text\n0:01,0:02,Ruth,Grace\n0:02,0:03,Naomi,peace\n',
      [
        [0, 'Ruth'],
        [1, 'Naomi'],
      ],
    ],
    [
      'names above the paragraphs',
      'Ruth Hall  0:01\nGrace to you\n\nNaomi  0:05\nand peace\n',
      [
        [0, 'Ruth Hall'],
        [3, 'Naomi'],
      ],
    ],
    [
      'SubStation Alpha',
      '[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,Ruth,Grace\nDialogue: 0:00:02.00,0:00:03.00,Naomi,peace\n',
      [
        [0, 'Ruth'],
        [1, 'Naomi'],
      ],
    ],
  ])('%s', (_, content, turns) => expect(turnsOf(content)).toEqual(turns))

  it('one number for everyone is no speaker', () =>
    expect(turnsOf(whisper(['SPEAKER_00', 'SPEAKER_00']))).toBeNull())

  it('a name is never left among the words', () =>
    expect(textOf(vtt)).toBe('Grace to you and peace. And also with you.'))
})

test('a turn of a speaker begins a sentence, also where nothing ends the one before', () => {
  const { sentences } = read(whisper(['Ruth', 'Naomi']))
  expect(sentences.map(({ firstWord }) => firstWord)).toEqual([0, 2])
})

test('speakers survive storage and both kinds of captions', () => {
  const stored = store(vtt)
  const transcript = { ...fromStoredTranscript(stored), isDraft: false }
  expect(renderVtt(transcript)).toContain('<v Ruth &amp; Boaz>Grace to you and peace.')
  expect(renderSrt(transcript)).toContain('Naomi: And also with you.')
  expect(store(renderVtt(transcript)).speakerTurns).toEqual(stored.speakerTurns)
})
