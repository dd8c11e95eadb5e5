import { beforeEach, expect, it } from 'vitest'
import { claimDevice, forgetListener, isOwner } from './device-owner.ts'

beforeEach(() => {
  localStorage.clear()
  localStorage.setItem('selah:library', '{}')
  localStorage.setItem('selah:place:one', '5@1')
  localStorage.setItem('selah:player', '{}')
  localStorage.setItem('another app', 'x')
})

const keys = () => Object.keys(localStorage).toSorted()

it('what was kept without an account belongs to the first who signs in', () => {
  claimDevice('ruth')
  expect(isOwner('ruth')).toBe(true)
  claimDevice('ruth')
  expect(keys()).toContain('selah:library')
  expect(keys()).toContain('selah:place:one')
})

it('what another account left is forgotten', () => {
  claimDevice('ruth')
  claimDevice('naomi')
  expect(isOwner('ruth')).toBe(false)
  expect(keys()).toEqual(['another app', 'selah:owner', 'selah:player'])
})

it('a device that is forgotten belongs to nobody, and keeps how the player is set', () => {
  claimDevice('ruth')
  forgetListener()
  expect(keys()).toEqual(['another app', 'selah:player'])
})
