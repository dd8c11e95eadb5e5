import { describe, expect, it } from 'vitest'
import { emptyLibrary, libraryKey, place } from '#components/library/own-library.ts'
import { toTrack } from '#components/sermon/to-track.ts'
import { keepsOtherRecording } from './keeps-other-recording.ts'

const sermonId = '0e61658e-72cb-4eec-8c81-9795a6cffa4d'
const otherId = '4ad83426-6e13-46f7-8882-69144122b7cc'

const track = (id: string, mediaRevision = 1) =>
  toTrack({
    ...{ id, mediaRevision, slug: 'hope', title: 'Hope', speaker: null, series: null },
    ...{ scripture: '', durationMs: 600_000 },
  })

describe('whether something of another recording is kept', () => {
  const storage = (items: Record<string, string>) => {
    const keys = Object.keys(items)
    const getItem = (key: string) => items[key] ?? null
    const [clear, setItem, removeItem] = [() => {}, () => {}, () => {}]
    return { length: keys.length, key: (at: number) => keys[at] ?? null, getItem, clear, setItem, removeItem }
  }
  const library = (id: string, recording?: number) =>
    storage({
      [libraryKey]: JSON.stringify(place(emptyLibrary, track(id, recording), 'first', 'later')),
    })

  it('is seen in the library and in the places', () => {
    expect(keepsOtherRecording(`${sermonId}.3`, library(sermonId))).toBe(true)
    expect(keepsOtherRecording(sermonId, library(sermonId, 3))).toBe(true)
    expect(keepsOtherRecording(sermonId, storage({ [`selah:place:${sermonId}.2`]: '5@6' }))).toBe(true)
  })

  it('is not where the present recording, or another sermon, is kept', () => {
    expect(keepsOtherRecording(`${sermonId}.3`, library(sermonId, 3))).toBe(false)
    expect(keepsOtherRecording(sermonId, library(otherId, 3))).toBe(false)
    expect(keepsOtherRecording(sermonId, storage({ [`selah:place:${sermonId}`]: '5@6' }))).toBe(false)
    expect(keepsOtherRecording(sermonId, null)).toBe(false)
  })
})
