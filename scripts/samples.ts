/**
 * `npm run samples`: makes the recordings and captions in samples/ again from their texts, sentence by
 * sentence, so that every caption starts and ends with its words. Needs the Debian packages `flite` and
 * `lame`, which the product does not need.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { encodeMp3 } from './samples/encode-mp3.ts'
import { renderCaptions, type SpokenPart } from './samples/render-captions.ts'
import { SAMPLE_RATE, silence, speak } from './samples/speak.ts'
import { splitText } from './samples/split-text.ts'

const sampleSermon = z.object({ title: z.string().min(1), voice: z.enum(['rms', 'slt', 'awb']) })

const LEAD_IN_MS = 600
const PAUSE_MS = { clause: 180, sentence: 480, paragraph: 1100 } as const

const directory = resolve(import.meta.dirname, '../samples')
for (const entry of await readdir(directory, { withFileTypes: true })) {
  if (entry.isDirectory()) await makeSample(join(directory, entry.name))
}

async function makeSample(folder: string): Promise<void> {
  const { title, voice } = sampleSermon.parse(JSON.parse(await readFile(join(folder, 'sermon.json'), 'utf8')))
  const pieces: Int16Array[] = [silence(LEAD_IN_MS)]
  const spoken: SpokenPart[] = []
  let atSamples = pieces[0]?.length ?? 0
  const asMs = (samples: number) => Math.round((samples * 1000) / SAMPLE_RATE)
  for (const part of splitText(await readFile(join(folder, 'text.txt'), 'utf8'))) {
    const sound = await speak(part.text, voice)
    const pause = silence(PAUSE_MS[part.end])
    spoken.push({ text: part.text, startMs: asMs(atSamples), endMs: asMs(atSamples + sound.length) })
    pieces.push(sound, pause)
    atSamples += sound.length + pause.length
  }
  await encodeMp3(pieces, { file: join(folder, 'audio.mp3'), title })
  await writeFile(join(folder, 'transcript.vtt'), renderCaptions(spoken))
  const { size } = await stat(join(folder, 'audio.mp3'))
  console.log(`${title}: ${Math.round(asMs(atSamples) / 1000)} s, ${Math.round(size / 1024)} KiB`)
}
