import { beforeEach, describe, expect, it } from 'vitest'
import {
  listPlaces,
  recallLetterKeys,
  recallPlace,
  recallSettings,
  rememberLetterKeys,
  rememberPlace,
  rememberSettings,
} from './remember-listening.ts'

class MemoryStorage implements Storage {
  #items = new Map<string, string>()
  get length() {
    return this.#items.size
  }
  key(index: number) {
    return [...this.#items.keys()][index] ?? null
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null
  }
  setItem(key: string, value: string) {
    this.#items.set(key, value)
  }
  removeItem(key: string) {
    this.#items.delete(key)
  }
  clear() {
    this.#items.clear()
  }
}

describe('where listening stopped', () => {
  let storage: Storage
  beforeEach(() => {
    storage = new MemoryStorage()
  })

  it('comes back for the same recording only', () => {
    rememberPlace('one', 123_456, { storage })
    expect(recallPlace('one', 600_000, storage)).toBe(123_456)
    expect(recallPlace('two', 600_000, storage)).toBe(0)
  })

  it('begins again when the recording was heard to its end', () => {
    rememberPlace('one', 590_000, { storage })
    expect(recallPlace('one', 600_000, storage)).toBe(0)
  })

  it('ignores values that another program stored', () => {
    storage.setItem('selah:place:one', 'nonsense')
    storage.setItem('selah:player', '{"rate":"fast","volume":7')
    expect(recallPlace('one', 600_000, storage)).toBe(0)
    expect(recallSettings(storage)).toEqual({})
  })

  it('is never put back by a tab that listened earlier', () => {
    rememberPlace('one', 300_000, { listenedAtMs: 2000, storage })
    rememberPlace('one', 10_000, { listenedAtMs: 1000, storage })
    expect(recallPlace('one', 600_000, storage)).toBe(300_000)
    rememberPlace('one', 20_000, { listenedAtMs: 3000, storage })
    expect(listPlaces(storage)).toEqual([{ id: 'one', positionMs: 20_000, listenedAtMs: 3000 }])
  })

  it('keeps a bounded number of places and never grows without end', () => {
    for (let index = 0; index < 230; index += 1) rememberPlace(`sermon-${index}`, 1000, { storage })
    expect(storage.length).toBe(200)
  })

  it('keeps speed and volume', () => {
    rememberSettings({ rate: 1.25, volume: 0.5, isMuted: false, skipMs: 30_000 }, storage)
    expect(recallSettings(storage)).toEqual({ rate: 1.25, volume: 0.5, isMuted: false, skipMs: 30_000 })
  })
})

it('letters control the player until a user turns them off', () => {
  const storage = new MemoryStorage()
  expect(recallLetterKeys(storage)).toBe(true)
  rememberLetterKeys(false, storage)
  expect(recallLetterKeys(storage)).toBe(false)
  rememberLetterKeys(true, storage)
  expect(recallLetterKeys(storage)).toBe(true)
})
