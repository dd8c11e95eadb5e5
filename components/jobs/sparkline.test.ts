import { expect, test } from 'vitest'
import { drawBars } from './sparkline.tsx'

test('the highest bar fills the height, a rare one can still be seen, and nothing draws nothing', () => {
  expect(drawBars([0, 100, 1, 50])).toBe('M5.5 21v-21M9.5 21v-2M13.5 21v-11')
  expect(drawBars([0, 0])).toBe('')
})
