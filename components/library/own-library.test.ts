import { describe, expect, it } from 'vitest'
import type { Track } from '#components/player/track.ts'
import { emptyLibrary, type OwnLibrary, parseLibrary, place } from './own-library.ts'

const track = (id: string): Track => ({
  id,
  title: id,
  artist: null,
  album: null,
  reference: '',
  pageHref: `/sermons/${id}`,
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt`,
  durationMs: 1000,
  peaks: [1, 2, 3],
})
const ids = (list: OwnLibrary['queue']) => list.map(({ id }) => id)

describe('the library of a browser', () => {
  it('plays what is added in order, and what is to be next before that', () => {
    const added = ['a', 'b'].reduce((library, id) => place(library, track(id), 'last', 'queue'), emptyLibrary)
    expect(ids(place(added, track('c'), 'first', 'queue').queue)).toEqual(['c', 'a', 'b'])
    expect(ids(place(added, track('b'), 'first', 'queue').queue)).toEqual(['b', 'a'])
  })

  it('keeps the last hundred sermons that were heard', () => {
    const heard = Array.from({ length: 120 }, (_, index) => `s${index}`).reduce(
      (library, id) => place(library, track(id), 'first', 'heard'),
      emptyLibrary,
    )
    expect(heard.heard).toHaveLength(100)
    expect(heard.heard[0]?.id).toBe('s119')
  })

  it('is the same after it was stored, and stores no waveform', () => {
    const library = place(emptyLibrary, track('a'), 'first', 'later')
    expect(parseLibrary(JSON.stringify(library))).toEqual(library)
    expect(library.later[0]?.peaks).toEqual([])
  })

  it.each([null, '', 'x', '{}', '{"later":[{"id":1}],"queue":[],"heard":[]}'])(
    'is empty when %j is stored',
    (stored) => expect(parseLibrary(stored)).toEqual(emptyLibrary),
  )

  it('plays nothing from another site', () => {
    const library = place(
      emptyLibrary,
      { ...track('a'), hlsUrl: 'https://example.com/x.m3u8' },
      'last',
      'queue',
    )
    expect(parseLibrary(JSON.stringify(library))).toEqual(emptyLibrary)
  })
})
