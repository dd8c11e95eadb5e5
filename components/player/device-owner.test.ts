import { beforeEach, expect, it } from 'vitest'
import { claimDevice, forgetListener, isOwner } from './device-owner.ts'

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>()
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

let storage: MemoryStorage

beforeEach(() => {
  storage = new MemoryStorage()
  storage.setItem('selah:library', '{}')
  storage.setItem('selah:place:one', '5@1')
  storage.setItem('selah:player', '{}')
  storage.setItem('another app', 'x')
})

const keys = () => Array.from({ length: storage.length }, (_, index) => storage.key(index)).toSorted()

it('what was kept without an account belongs to the first who signs in', () => {
  claimDevice('ruth', storage)
  expect(isOwner('ruth', storage)).toBe(true)
  claimDevice('ruth', storage)
  expect(keys()).toContain('selah:library')
  expect(keys()).toContain('selah:place:one')
})

it('what another account left is forgotten', () => {
  claimDevice('ruth', storage)
  claimDevice('naomi', storage)
  expect(isOwner('ruth', storage)).toBe(false)
  expect(keys()).toEqual(['another app', 'selah:owner', 'selah:player'])
})

it('a device that is forgotten belongs to nobody, and keeps how the player is set', () => {
  claimDevice('ruth', storage)
  forgetListener(storage)
  expect(keys()).toEqual(['another app', 'selah:player'])
})
