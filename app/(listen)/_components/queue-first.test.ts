import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyLibrary, MAX_LISTED, toStored } from '#components/library/own-library.ts'
import { toTrack } from '#components/sermon/to-track.ts'
import { queueFirst } from './queue-first.ts'

const aTrack = (id: number) =>
  toTrack({
    ...{ id: `s${id}`, slug: `s${id}`, title: 'T', speaker: null, series: null, scripture: '' },
    ...{ durationMs: 1000, mediaRevision: 1 },
  })

/** Different sermons, more than a queue holds. */
const tracks = fc
  .uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 250 })
  .map((ids) => ids.map(aTrack))

test('what is queued first is in order, nothing but what plays leaves for it, and the rest is counted', () => {
  fc.assert(
    fc.property(tracks, tracks, fc.integer({ min: 501, max: 505 }), (waiting, added, playingId) => {
      const playing = aTrack(playingId)
      const queue = [...waiting.slice(0, MAX_LISTED - 1), playing].map(toStored)
      const { library, leftOut } = queueFirst({ ...emptyLibrary, queue }, { playing, tracks: added })
      const ids = library.queue.map(({ id }) => id)
      expect(ids.length).toBeLessThanOrEqual(MAX_LISTED)
      expect(new Set(ids).size).toBe(ids.length)
      const others = queue
        .map(({ id }) => id)
        .filter((id) => ![playing, ...added].some((track) => track.id === id))
      const placed = added.slice(0, added.length - leftOut).map(({ id }) => id)
      expect(ids).toEqual([...placed, ...others])
      expect(leftOut).toBe(Math.max(0, added.length + others.length - MAX_LISTED))
    }),
  )
})
