import { describe, expect, it, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'
import { formatClock, formatDuration, speakDuration } from './format-duration.ts'

describe('formatClock', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [872_000, '14:32'],
    [3_725_000, '1:02:05'],
    [-5, '0:00'],
    [Number.NaN, '0:00'],
  ])('shows %d ms as %s', (milliseconds, clock) => expect(formatClock(milliseconds)).toBe(clock))
})

describe('formatDuration', () => {
  it.each([
    [45_000, '45 sec'],
    [59_700, '1 min'],
    [2_280_000, '38 min'],
    [3_600_000, '1 hr'],
    [4_320_000, '1 hr 12 min'],
  ])('shows %d ms as %s', (milliseconds, text) => expect(formatDuration(milliseconds, 'en')).toBe(text))
})

describe('speakDuration', () => {
  it.each([
    [725_000, '12 minutes 5 seconds'],
    [61_000, '1 minute 1 second'],
    [3_600_000, '1 hour'],
    [0, '0 seconds'],
  ])('says %d ms as %s', (milliseconds, text) => expect(speakDuration(milliseconds, 'en')).toBe(text))
})

describe('formatBytes', () => {
  it.each([
    [512, '512 bytes'],
    [820_000, '820 kB'],
    [999_600, '1.0 MB'],
    [44_950_000, '45.0 MB'],
    [1_200_000_000, '1.2 GB'],
  ])('shows %d as %s', (sizeBytes, text) => expect(formatBytes(sizeBytes, 'en')).toBe(text))
})

test('sizes and lengths are written in the language of the page', () => {
  const spaced = (text: string) => text.replace(/\s/g, ' ')
  expect(spaced(formatBytes(44_950_000, 'de'))).toBe('45,0 MB')
  expect(spaced(formatDuration(4_320_000, 'fr'))).toBe('1 h 12 min')
  expect(spaced(speakDuration(725_000, 'de'))).toBe('12 Minuten 5 Sekunden')
})
