import { describe, expect, test } from 'vitest'
import { parseTranscriptFile } from './parse-transcript-file.ts'

/** Transcripts as programs export them and as people paste them; each line of the sermon begins at its time. */
const sentences = [
  'Grace to you and peace from God our Father.',
  'Open your Bibles to Romans chapter eight.',
  'There is therefore now no condemnation for those in Christ.',
  'For God so loved the world that he gave his Son.',
  'Let us pray together before we go on now.',
  'Amen and thanks be to God for his word.',
]
const startsS = [1, 10, 19, 28, 37, 46]
const twoDigits = (n: number) => String(n).padStart(2, '0')
const hms = (s: number) =>
  `${twoDigits(Math.floor(s / 3600))}:${twoDigits(Math.floor(s / 60) % 60)}:${twoDigits(s % 60)}`
const ms = (s: number) => `${Math.floor(s / 60)}:${twoDigits(s % 60)}`
const spelt = (s: number) => `${Math.floor(s / 60)} minutes ${s % 60} second${s % 60 === 1 ? '' : 's'}`
const sp = (index: number) => (index % 2 ? 'John Smith' : 'Pastor Ruth')
const join = (write: (t: number, s: string, i: number) => string) =>
  startsS.map((t, i) => write(t, sentences[i] ?? '', i)).join('\n')

const read: Record<string, string> = {
  teamsDocxOld: join(
    (t, s, i) =>
      `0:${twoDigits(Math.floor(t / 60))}:${twoDigits(t % 60)}.0 --> 0:${twoDigits(Math.floor((t + 8) / 60))}:${twoDigits((t + 8) % 60)}.500\n${sp(i)}\n${s}\n`,
  ),
  teamsCopy: join((t, s, i) => `${sp(i)}\n${spelt(t)}\n${ms(t)}\n${s}`),
  teamsCopy2: join((t, s, i) => `${sp(i)} ${spelt(t)}\n${s}`),
  teamsCopy3: join((t, s, _i) => `${spelt(t)}\n${s}`),
  teamsCopy4: join((t, s, i) => `${sp(i)}   ${ms(t)}\n${s}\n`),
  teamsSpokenOnly: join((t, s) => `${t} seconds\n${s}`),
  teamsVtt: `WEBVTT\n\n${join((t, s, i) => `${hms(t)}.123 --> ${hms(t + 8)}.456\n<v ${sp(i)}>${s}</v>\n`)}`,
  zoomVtt: `WEBVTT\n\n${join((t, s, i) => `${i + 1}\n${hms(t)}.123 --> ${hms(t + 8)}.456\n${sp(i)}: ${s}\n`)}`,
  zoomChat: join((t, s, i) => `${hms(t)}\t ${sp(i)} :\t${s}`),
  zoomSaved: join((t, s, i) => `[${sp(i)}] ${hms(t)}\n${s}\n`),
  zoomClosed: join((t, s, i) => `${sp(i)}\n${hms(t)}\n${s}\n`),
  meet:
    'Sunday service (2024-03-10 10:00 GMT-6) - Transcript\nAttendees\nPastor Ruth, John Smith\nTranscript\n' +
    join((t, s, i) => `${hms(t)}\n\n${sp(i)}: ${s}\n`),
  otter: join((t, s, i) => `${sp(i)}  ${ms(t)}  \n${s}\n`),
  otterUnknown: join((t, s, _i) => `Unknown Speaker  ${ms(t)}\n${s}\n`),
  descript: join((t, s, i) => `[${hms(t)}] ${sp(i)}: ${s}\n`),
  descript2: join((t, s, i) => `**${sp(i)}:** [${hms(t)}] ${s}\n`),
  descript3: join((t, s, i) => `**[${hms(t)}] ${sp(i)}:** ${s}\n`),
  rev: join((t, s, i) => `${sp(i)} (${hms(t).slice(3)}):\n${s}\n`),
  rev2: join((t, s, i) => `Speaker ${(i % 2) + 1}: (${ms(t)})\n${s}\n`),
  sonix: `Sunday\n\n${join((t, s, i) => `Speaker${(i % 2) + 1}: [${hms(t)}] ${s}\n`)}`,
  trint: join((t, s, i) => `${sp(i)} [${hms(t)}]\n\n${s}\n`),
  trint2: join((t, s, _i) => `[${hms(t)}:05] ${s}\n`),
  happyScribe: join((t, s, i) => `[${hms(t)}.240] - ${sp(i)}\n${s}\n`),
  oTranscribe: join((t, s) => `${ms(t)} ${s}`),
  youtube: join((t, s) => `${ms(t)}\n${s}`),
  youtube2: join((t, s) => `${ms(t)}${s}`),
  youtubeAria: join((t, s) => `${ms(t)}\n${spelt(t)}\n${s}`),
  youtubeMobile: join((t, s) => `${spelt(t)} ${s}`),
  riverside: join((t, s, i) => `${sp(i)} (${hms(t)}.5)\n${s}\n`),
  riverside2: join((t, s, i) => `${sp(i)} (${ms(t)}.512)\n${s}\n`),
  premiereText: join((t, s) => `${hms(t)}:12 - ${hms(t + 8)}:03\nSpeaker 1\n${s}\n`),
  premiereMarkers:
    'Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\n' +
    join((t, s) => `\t${s}\t${hms(t)}:12\t${hms(t)}:12\t00:00:00:00\tComment`),
  premiereCsv: `Speaker,Start Time,End Time,Text\n${join((t, s, i) => `${sp(i)},${hms(t)}:12,${hms(t + 8)}:03,"${s}"`)}`,
  avidMarkers: join((t, s, _i) => `Ruth\t${hms(t)}:12\tV1\tred\t${s}\t1`),
  avidMarkersCols: join((t, s, _i) => `Ruth\t${hms(t)}:12\tTC1\tred\t${s}`),
  avidDS:
    '@ This file written with the Avid Caption plugin, version 1\n\n<begin subtitles>\n\n' +
    join((t, s) => `${hms(t)}:12 ${hms(t + 8)}:03\n${s}\n`) +
    '\n<end subtitles>',
  audacity: join((t, s) => `${t}.000000\t${t + 8}.500000\t${s}`),
  audacityPoint: join((t, s) => `${t}.000000\t${t}.000000\t${s}`),
  audacityComma: join((t, s) => `${t},000000\t${t + 8},500000\t${s}`),
  auditionMarkers:
    'Name\tStart\tDuration\tTime Format\tType\tDescription\n' +
    join((t, s, i) => `Marker ${i}\t${ms(t)}.000\t0:08.000\tdecimal\tCue\t${s}`),
  reaper: `#,Name,Start,End,Length\n${join((t, s, i) => `M${i},${s},${ms(t)}.000,,`)}`,
  csvTextFirst: `Text,Start,End\n${join((t, s) => `"${s}",${hms(t)},${hms(t + 8)}`)}`,
  csvSpeakerFirst: `Speaker,Text,Start,End\n${join((t, s, i) => `${sp(i)},"${s}",${hms(t)},${hms(t + 8)}`)}`,
  tsvSpeakerFirstNoHead: join((t, s, i) => `${sp(i)}\t${hms(t)}\t${hms(t + 8)}\t${s}`),
  tsvSpeakerFirstOneTime: join((t, s, i) => `${sp(i)}\t${hms(t)}\t${s}`),
  tsvTimeSpeakerText: join((t, s, i) => `${hms(t)}\t${sp(i)}\t${s}`),
  tsvTextTime: join((t, s, _i) => `${s}\t${hms(t)}`),
  tsvSpeakerTextTime: join((t, s, i) => `${sp(i)}\t${s}\t${ms(t)}`),
  tsvIndex: join((t, s, i) => `${i + 1}\t${hms(t)}\t${hms(t + 8)}\t${s}`),
  tsvIndexSpeaker: join((t, s, i) => `${i + 1}\t${sp(i)}\t${hms(t)}\t${hms(t + 8)}\t${s}`),
  csvNoHeadSpeaker: join((t, s, i) => `${sp(i)},${t}.0,${t + 8}.5,"${s}"`),
  csvSeconds: `speaker,start,end,text\n${join((t, s, i) => `${sp(i)},${t},${t + 8},"${s}"`)}`,
  csvOddNames: `Sprecher,Anfang,Ende,Inhalt\n${join((t, s, i) => `${sp(i)},${hms(t)},${hms(t + 8)},"${s}"`)}`,
  tsvTwoCol: join((t, s) => `${hms(t)}\t${s}`),
  mdTable:
    '| Time | Speaker | Text |\n|------|---------|------|\n' +
    join((t, s, i) => `| ${ms(t)} | ${sp(i)} | ${s} |`),
  srtNoNum: join((t, s) => `${hms(t)},000 --> ${hms(t + 8)},000\n${s}\n`),
  minsec: join((t, s) => `${Math.floor(t / 60)}m ${t % 60}s ${s}`),
  minsec2: join((t, s) => `[${Math.floor(t / 60)}m${twoDigits(t % 60)}s] ${s}`),
  primes: join((t, s) => `${Math.floor(t / 60)}'${twoDigits(t % 60)}" ${s}`),
  primes2: join((t, s) => `${Math.floor(t / 60)}′${twoDigits(t % 60)}″ ${s}`),
  maxqda: join((t, s, i) => `[${hms(t)}.5] ${sp(i)}: ${s}`),
  elan: join(
    (t, s, _i) => `Ruth\t\t${hms(t)}.000\t${t}.0\t${hms(t + 8)}.500\t${t + 8}.5\t${hms(8)}.500\t8.5\t${s}`,
  ),
  german: join((t, s) => `${Math.floor(t / 60)} Minuten ${t % 60} Sekunden\n${s}`),
  spanish: join((t, s) => `${Math.floor(t / 60)} minutos y ${t % 60} segundos\n${s}`),
  french: join((t, s) => `${Math.floor(t / 60)} min ${t % 60} s\n${s}`),
  korean: join((t, s) => `${Math.floor(t / 60)}분 ${t % 60}초\n${s}`),
  chinese: join((t, s) => `${Math.floor(t / 60)}分${twoDigits(t % 60)}秒\n${s}`),
  whisperx: join((t, s, _i) => `[${hms(t)}.000 --> ${hms(t + 8)}.000]  ${s}`),
  whisperTsv: `start\tend\ttext\n${join((t, s) => `${t * 1000}\t${(t + 8) * 1000}\t${s}`)}`,
  assembly: join((t, s, _i) => `Speaker A ${twoDigits(Math.floor(t / 60))}:${twoDigits(t % 60)}\n${s}\n`),
  fireflies: join((t, s, i) => `${twoDigits(Math.floor(t / 60))}:${twoDigits(t % 60)} - ${sp(i)}\n${s}`),
  grain: join((t, s, i) => `${sp(i)} - ${ms(t)}\n${s}`),
  loom: join((t, s, _i) => `${ms(t)}: ${s}`),
  applePodcast: join((t, s, i) => `${sp(i)} • ${ms(t)}\n${s}`),
  notta: join((t, s, i) => `${sp(i)} ${hms(t)}\n${s}`),
  webex: join((t, s, i) => `"${sp(i)}" (1234567)\n${hms(t)} - ${s}`),
  youtubeLinks: join((t, s) => `[${ms(t)}](https://youtu.be/abc?t=${t}) ${s}`),
  youtubeOneLine: startsS.map((t, i) => `${ms(t)} ${sentences[i]}`).join(' '),
  youtubeLanguage: `${join((t, s) => `${ms(t)}\n${s}`)}\nEnglish (auto-generated)`,
  otterNotice: `${join((t, s, i) => `${sp(i)}  ${ms(t)}\n${s}\n`)}\nTranscribed by https://otter.ai`,
  teamsHead: `Service-20240310_100000\nMarch 10, 2024, 10:00AM\n1h 2m 3s\n\n${join((t, s, i) => `${sp(i)}   ${ms(t)}\n${s}\n`)}`,
  wordTranscribe: `Audio file\nsermon.mp3\nTranscript\n${join((t, s, i) => `${hms(t)} Speaker ${1 + (i % 2)}\n${s}`)}`,
  fathom: join((t, s, i) => `${ms(t)} - ${sp(i)}\n  ${s}\n`),
  plaud: join((t, s, i) => `${sp(i)} ${hms(t)} - ${hms(t + 8)}\n${s}\n`),
  plaud2: join((t, s, i) => `${hms(t)} - ${hms(t + 8)} ${sp(i)}\n${s}\n`),
  fasterWhisper: join((t, s) => `[${t}.00s -> ${t + 8}.00s] ${s}`),
  tmPlayer: join((t, s) => `${hms(t)}=${s}`),
  lyrics: `[ti:Sunday]\n[length: 03:20]\n${join((t, s) => `[00:${twoDigits(t)}.00]${s}`)}`,
  lyricsOfWords: join(
    (t, s) =>
      `[00:${twoDigits(t)}.00] <00:${twoDigits(t)}.00> ${s.replace(' ', ` <00:${twoDigits(t)}.50> `)}`,
  ),
  audacitySpectral: join((t, s) => `${t}.000000\t${t + 8}.500000\t${s}\n\\\t-1.000000\t-1.000000`),
  vttSegments: join(
    (t, s) =>
      `WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n${hms(t)}.000 --> ${hms(t + 8)}.000\n${s}\n`,
  ),
  vttRubyAndEntities: `WEBVTT\n\n${join((t, s) => `${hms(t)}.000 --> ${hms(t + 8)}.000\n<ruby>${s.replace(' ', '&nbsp;')}<rt>aid</rt></ruby>\n`)}`,
  srtMicroDvd: join((t, s, i) => `${i + 1}\n${hms(t)},000 --> ${hms(t + 8)},000\n{y:i}${s}\n`),
  srtDirection: join((t, s, i) => `${i + 1}\n${hms(t)},000 --> ${hms(t + 8)},000\n\u202b${s}\u202c\n`),
  srtNoEnds: join((t, s, i) => `${i + 1}\n${hms(t)},000 -->\n${s}\n`),
  srtTypingError: join(
    (t, s, i) =>
      `${i + 1}\n${i === 2 ? '00:OO:19' : hms(t)},000 --> ${hms(t + (i === 1 ? 9 : 8))},000\n${s}\n`,
  ),
  srtJoinedTwice: join((t, s, i) => {
    const cue = `${i + 1}\n${hms(t)},000 --> ${hms(t + 8)},000\n${s}\n`
    return `${cue}\n${cue}`
  }),
  srtPadded: `${join((t, s, i) => `${i + 1}\n${hms(t)},000 --> ${hms(t + 8)},000\n${s}\n`)}${'\0'.repeat(40)}`,
  subStationShapes: `[Events]\nFormat: Start, End, Text\nDialogue: 0:00:00.00,0:00:01.00,{\\p1}m 0 0 l 9 9{\\p0}\n${join((t, s) => `Dialogue: 0:00:${twoDigits(t)}.00,0:00:${twoDigits(t + 8)}.00,${s}`)}`,
  amara: join((t, s, i) => `${i + 1}\n${hms(t)}.000,${hms(t + 8)}.000\n${s}\n`),
}

const refused: Record<string, string> = {
  scc: `Scenarist_SCC V1.0\n\n${join((t) => `${hms(t)}:00\t9420 9420 94ae 94ae\n`)}`,
  mpSub: `FORMAT=TIME\n\n${join((_, s) => `1 8\n${s}\n`)}`,
  youtubeXml: `<transcript>${join((t, s) => `<text start="${t}" dur="8">${s}</text>`)}</transcript>`,
  otherXml: `<Subtitles>${join((t, s) => `<Subtitle start="${ms(t)}" stop="${ms(t + 8)}">${s}</Subtitle>`)}</Subtitles>`,
  meet2: join((t, s, i) => `${sp(i)}: ${s}\n${hms(t)}\n`),
  oTranscribeInline: sentences.map((s, i) => `${s} ${ms(startsS[i] ?? 0)}`).join('\n'),
  youtubeAria2: join((t, s) => `${ms(t)}${spelt(t).replace('0 minutes ', '')}${s}`),
  edl:
    'TITLE: SUNDAY\nFCM: NON-DROP FRAME\n\n' +
    join(
      (t, s, i) =>
        `00${i + 1}  AX       V     C        ${hms(t)}:12 ${hms(t)}:13 ${hms(t)}:12 ${hms(t)}:13\n* ${s}\n`,
    ),
  edlMarkers:
    'TITLE: Timeline 1\nFCM: NON-DROP FRAME\n\n' +
    join(
      (t, s, i) =>
        `00${i + 1}  001      V     C        ${hms(t)}:12 ${hms(t)}:13 ${hms(t)}:12 ${hms(t)}:13  \n ${s} |C:ResolveColorBlue |M:Marker ${i + 1} |D:1\n`,
    ),
  html: `<html><body>${join((t, s) => `<p><span class="time">${ms(t)}</span> ${s}</p>`)}</body></html>`,
  htmlTable: `<table>${join((t, s) => `<tr><td>${ms(t)}</td><td>${s}</td></tr>`)}</table>`,
  htmlSpan: join((t, s) => `<span>${ms(t)}</span><span>${s}</span>`),
  ttml:
    '<tt xmlns="http://www.w3.org/ns/ttml"><body>' +
    join((t, s) => `<p begin="${hms(t)}.000" end="${hms(t + 8)}.000">${s}</p>`) +
    '</body></tt>',
  minsec3: join((t, s) => `(${t}s) ${s}`),
  minsec4: join((t, s) => `${t}.0 sec: ${s}`),
  dots: join((t, s) => `${twoDigits(Math.floor(t / 60))}.${twoDigits(t % 60)} ${s}`),
  dots3: join((t, s) => `${hms(t).replaceAll(':', '.')} ${s}`),
  atTime: join((t, s) => `@${ms(t)} ${s}`),
  hashTime: join((t, s) => `#${hms(t)}# ${s}`),
  hashTimeEnd: join((t, s) => `${s} #${hms(t)}-5#`),
  f4: join((t, s, i) => `${sp(i)}: ${s} #${hms(t)}-5#`),
  transcriptTimeEnd: join((t, s) => `${s} [${hms(t)}]`),
  timeOnOwnLineEnd: join((t, s) => `${s}\n(${ms(t)})`),
  spokenWords: join((t, s) => `at ${spelt(t)}: ${s}`),
  speaker00: join((t, s, i) => `SPEAKER_0${i % 2} ${t}.32-${t + 8}.54: ${s}`),
  mpl: join((t, s) => `[${t * 10}][${t * 10 + 80}]${s}`),
  smi: `<SAMI><BODY>${join((t, s) => `<SYNC Start=${t * 1000}><P Class=EN>${s}`)}</BODY></SAMI>`,
  vmix: join((t, s) => `T${hms(t)} ${s}`),
  iso: join((t, s) => `PT0M${t}S ${s}`),
  frames: join((t, s) => `${t * 25} ${s}`),
  bareSeconds: join((t, s) => `${t}.50 ${s}`),
  bareSeconds2: join((t, s) => `${t}.50 - ${t + 8}.20: ${s}`),
  chapters: sentences
    .map((s, i) => `Part ${i + 1} (${ms(startsS[i] ?? 0)} - ${ms((startsS[i] ?? 0) + 8)})\n${s}`)
    .join('\n'),
}

const parse = (text: string) =>
  parseTranscriptFile({ bytes: new TextEncoder().encode(text), durationMs: 120_000, silences: [] })

describe('every word has its time, and no time or name is among the words', () => {
  test.each(Object.entries(read))('%s', (_, text) => {
    const { words, timing } = parse(text)
    expect(timing).not.toBe('approximate')
    expect(words.map((word) => word.text).join(' ')).toBe(sentences.join(' '))
    let first = 0
    for (const [index, sentence] of sentences.entries()) {
      const startMs = words[first]?.startMs ?? 0
      expect(Math.abs(startMs - (startsS[index] ?? 0) * 1000)).toBeLessThan(1000)
      first += sentence.split(' ').length
    }
  })
})

describe('a transcript with times that cannot be read is refused', () => {
  test.each(Object.entries(refused))('%s', (_, text) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        reason: expect.stringMatching(/^transcript\.(?:times_unread|web_page)$/),
      }),
    )
  })
})

describe('a manuscript with other numbers is text', () => {
  const verses = Array.from(
    { length: 8 },
    (_, i) => `${i + 1} And this is what the verse says here, in as many words as a verse of Scripture has.`,
  ).join('\n')
  test.each(
    Object.entries({
      verses,
      versesOfAChapter: verses.replace(/^/gm, '8:'),
      points:
        '1. God is holy.\nText of it.\n2. We are not.\n2.1 By birth.\n2.2 By choice.\n3. Christ is ours.',
      years:
        '1517 Luther nails his theses.\n1521 He stands at Worms.\n1530 The confession is read.\n1546 He dies.',
      references:
        'Romans 8:1-4\nNo condemnation.\nRomans 8:5-11\nLife.\nRomans 8:12-17\nSons.\nRomans 8:18-25\nHope.',
      hymns: 'Hymn 12\nHymn 340\nHymn 7\nHymn 88\nLet us sing.',
      ages: 'At 12 he went to the temple.\nHe was 30 when he began.\nHe had 12 disciples.\nThere were 5000 men.',
    }),
  )('%s', (_, text) => {
    expect(parse(text)).toMatchObject({ timing: 'approximate' })
  })
})

describe('a refrain is no name of a speaker', () => {
  const verses = [
    'Holy is the Lord.',
    'All the earth is his.',
    'Sing to him a song.',
    'Praise his holy name.',
  ]
  const stampS = (i: number) => i * 10 + 5
  test.each(
    Object.entries({
      'at the end of each cue': verses.map((line, i) => `${ms(stampS(i))}\n${line}\nHallelujah`).join('\n'),
      'twice in each caption': verses
        .map((_, i) => `${hms(stampS(i))},000 --> ${hms(stampS(i) + 5)},000\nHallelujah\nHallelujah\n`)
        .join('\n'),
      'of several words': verses
        .map(
          (_, i) => `${hms(stampS(i))},000 --> ${hms(stampS(i) + 5)},000\nLord have mercy\nOn us all ${i}\n`,
        )
        .join('\n'),
    }),
  )('%s', (_, text) => {
    const spoken = parse(text).words.map((word) => word.text)
    const sung = text.match(/Hallelujah|mercy/g) ?? []
    expect(spoken.filter((word) => /Hallelujah|mercy/.test(word))).toHaveLength(sung.length)
  })
})
