import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawCover } from './draw-cover.ts'

const sermon = { title: 'The Good Shepherd', reference: 'John 10:11', family: 'I Am' }

test('a cover meets the rules of podcast apps: square, 1400 to 3000 px, sRGB, no transparency', async () => {
  const image = await drawCover({ kind: 'name', name: 'Grace & Truth Church' }, 3000)
  expect(await sharp(image).metadata()).toMatchObject({
    format: 'jpeg',
    width: 3000,
    height: 3000,
    space: 'srgb',
    channels: 3,
    hasAlpha: false,
  })
  // Apple's limit for a cover is 512 kB.
  expect(image.byteLength).toBeLessThan(512 * 1024)
})

test('the same words always give the same image, and other words another one', async () => {
  const [first, again, other] = await Promise.all([
    drawCover({ kind: 'sermon', sermon }, 300),
    drawCover({ kind: 'sermon', sermon: { ...sermon } }, 300),
    drawCover({ kind: 'sermon', sermon: { ...sermon, reference: 'John 10:12' } }, 300),
  ])
  expect(Buffer.compare(first, again)).toBe(0)
  expect(Buffer.compare(first, other)).not.toBe(0)
})

test.each([
  'Győri Görög Κήρυγμα Пётр',
  '恩典教會',
  '<svg> & "quotes"',
  'Llanfairpwllgwyngyllgogerychwyrndrobwll',
  '',
])('a cover can be drawn for the name “%s”', async (name) => {
  const { width } = await sharp(await drawCover({ kind: 'name', name }, 300)).metadata()
  expect(width).toBe(300)
})
