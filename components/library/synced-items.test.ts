import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Track } from '#components/player/track.ts'
import { mergeItems } from '#lib/listening/library-items.ts'
import { addBookmark, changeNote, removeBookmark } from './bookmarks.ts'
import { followSeries, noteSeen, unfollowSeries } from './followed-series.ts'
import { emptyLibrary, type OwnLibrary, place, without } from './own-library.ts'
import {
  addToPlaylist,
  createPlaylist,
  deletePlaylist,
  moveInPlaylist,
  removeFromPlaylist,
} from './playlists.ts'
import { findChanges, type SyncedItem, showItems } from './synced-items.ts'

const track = (id: string): Track => ({
  ...{ id, title: id, artist: null, album: null, reference: '', durationMs: 1000, peaks: [] },
  pageHref: `/sermons/${id}`,
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt`,
})

/** A device of a listener: `note` finds what changed, and `sync` exchanges it with the server. */
class Device {
  library: OwnLibrary = emptyLibrary
  known: SyncedItem[] = []
  unsent: SyncedItem[] = []

  act(change: (library: OwnLibrary) => OwnLibrary, nowMs: number) {
    this.library = change(this.library)
    const shown = mergeItems(this.known, this.unsent)
    this.unsent = mergeItems(this.unsent, findChanges(shown, this.library, { changedAtMs: nowMs, nowMs }))
  }

  sync(server: { items: SyncedItem[] }) {
    server.items = mergeItems(server.items, this.unsent)
    this.unsent = []
    this.known = server.items.filter(({ value }) => value !== null)
    this.library = showItems(this.known)
  }
}

type Act = (library: OwnLibrary) => OwnLibrary
const ids = fc.constantFrom('a', 'b', 'c')
const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(
      ids,
      fc.constantFrom('later' as const, 'queue' as const, 'heard' as const),
      fc.constantFrom('first' as const, 'last' as const),
    )
    .map(
      ([id, list, where]): Act =>
        (library) =>
          place(library, track(id), where, list),
    ),
  ids.map(
    (id): Act =>
      (library) => ({ ...library, later: without(library.later, { id }) }),
  ),
  ids.map(
    (id): Act =>
      (library) =>
        createPlaylist(deletePlaylist(library, id), { id, name: id, tracks: [track('a')] }),
  ),
  fc.tuple(ids, ids).map(
    ([list, id]): Act =>
      (library) =>
        addToPlaylist(library, list, track(id)),
  ),
  fc.tuple(ids, ids).map(
    ([list, id]): Act =>
      (library) =>
        moveInPlaylist(library, list, { id }, 1),
  ),
  fc.tuple(ids, ids).map(
    ([list, id]): Act =>
      (library) =>
        removeFromPlaylist(library, list, { id }),
  ),
  ids.map(
    (id): Act =>
      (library) =>
        deletePlaylist(library, id),
  ),
  ids.map(
    (slug): Act =>
      (library) =>
        followSeries(library, { slug, title: slug }, 5),
  ),
  ids.map(
    (slug): Act =>
      (library) =>
        noteSeen(library, { slug }, 9),
  ),
  ids.map(
    (slug): Act =>
      (library) =>
        unfollowSeries(library, { slug }),
  ),
  ids.map(
    (id): Act =>
      (library) =>
        addBookmark(removeBookmark(library, id), { id, track: track(id), atMs: 1, note: '' }),
  ),
  ids.map(
    (id): Act =>
      (library) =>
        changeNote(library, id, 'changed'),
  ),
)

describe('one device', () => {
  it('sees its library unchanged by what it sends, and sends nothing twice', () => {
    fc.assert(
      fc.property(fc.array(anAct, { maxLength: 15 }), (acts) => {
        const [device, server] = [new Device(), { items: [] }]
        for (const [index, act] of acts.entries()) {
          device.act(act, 1000 + index)
          const before = device.library
          device.sync(server)
          expect(device.library).toEqual(before)
          device.act((library) => library, 5000)
          expect(device.unsent).toEqual([])
        }
      }),
    )
  })
})

describe('two devices', () => {
  const step = fc.oneof(
    fc.record({ device: fc.nat(1), act: anAct }),
    fc.record({ device: fc.nat(1), act: fc.constant(null) }),
  )

  it('have the same library once both were online, whatever they did before and whenever they were', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const devices = [new Device(), new Device()] as const
        const server: { items: SyncedItem[] } = { items: [] }
        for (const [index, { device, act }] of steps.entries()) {
          const one = devices[device === 0 ? 0 : 1]
          if (act) one.act(act, 1000 + index)
          else one.sync(server)
        }
        for (const one of [...devices, ...devices]) one.sync(server)
        expect(devices[0].library).toEqual(devices[1].library)
        for (const one of devices) {
          one.act((library) => library, 9000)
          expect(one.unsent).toEqual([])
        }
      }),
    )
  })

  it('keep what each added, in the order of time, and a removal on one holds on the other', () => {
    const [desk, phone, server] = [new Device(), new Device(), { items: [] }]
    desk.act((library) => place(library, track('a'), 'first', 'later'), 10)
    desk.sync(server)
    phone.act((library) => place(library, track('b'), 'first', 'later'), 20)
    phone.sync(server)
    desk.act((library) => ({ ...library, later: without(library.later, { id: 'a' }) }), 30)
    desk.act((library) => place(library, track('c'), 'first', 'later'), 40)
    desk.sync(server)
    phone.act((library) => place(library, track('d'), 'first', 'later'), 50)
    phone.sync(server)
    desk.sync(server)
    expect(desk.library.later.map(({ id }) => id)).toEqual(['d', 'c', 'b'])
    expect(phone.library).toEqual(desk.library)
  })

  it('both add to one playlist', () => {
    const [desk, phone, server] = [new Device(), new Device(), { items: [] }]
    desk.act((library) => createPlaylist(library, { id: 'p', name: 'P', tracks: [track('a')] }), 10)
    desk.sync(server)
    phone.sync(server)
    desk.act((library) => addToPlaylist(library, 'p', track('b')), 20)
    phone.act((library) => addToPlaylist(library, 'p', track('c')), 30)
    phone.sync(server)
    desk.sync(server)
    phone.sync(server)
    expect(desk.library.playlists[0]?.tracks.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c'])
    expect(phone.library).toEqual(desk.library)
  })

  it('a change is later than what it changes, also on a device whose clock is behind', () => {
    const [desk, phone, server] = [new Device(), new Device(), { items: [] }]
    desk.act((library) => place(library, track('a'), 'first', 'later'), 1000)
    desk.sync(server)
    phone.sync(server)
    phone.act((library) => ({ ...library, later: [] }), 10)
    phone.sync(server)
    desk.sync(server)
    expect(desk.library.later).toEqual([])
  })
})

it('what does not fit a list is hidden and not lost', () => {
  const [device, server] = [new Device(), { items: [] as SyncedItem[] }]
  server.items = Array.from({ length: 101 }, (_, index) => {
    const { peaks: _peaks, ...kept } = { ...track(`s${index}`), language: null }
    return { kind: 'heard', id: `s${index}`, changedAtMs: 1, value: { rank: index, track: kept } }
  })
  device.sync(server)
  expect(device.library.heard).toHaveLength(100)
  device.act((library) => library, 10)
  device.sync(server)
  expect(server.items.filter(({ value }) => value !== null)).toHaveLength(101)
})
