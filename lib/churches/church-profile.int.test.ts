import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { findChurchLogo, readChurchProfile, saveChurchLogo, saveChurchProfile } from './church-profile.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
const actorId = randomUUID()

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  churchId = await createChurch(db)
})

const profile = {
  description: 'A church by the harbour.',
  serviceTimes: 'Sundays 9:00\nSundays 11:00',
  website: 'https://gracechurch.org/',
  colour: '#1d3a5f',
}

/** A blue bar of the given size, with an empty border around it. */
const drawLogo = (widthPx: number, heightPx: number, borderPx = 0) =>
  sharp({ create: { width: widthPx, height: heightPx, channels: 4, background: '#1d3a5f' } }).extend({
    ...{ top: borderPx, bottom: borderPx, left: borderPx, right: borderPx },
    background: { r: 0, g: 0, b: 0, alpha: 0 },
  })

const save = (image: Uint8Array | null) => saveChurchLogo({ db }, { churchId, actorId, image })
const readLogo = async () => {
  const { read } = await findChurchLogo({ db }, { churchId })
  return sharp(await read()).metadata()
}

test('the profile and the logo of a church are kept apart from each other and from other churches', async () => {
  const other = await createChurch(db)
  await saveChurchProfile({ db }, { churchId, actorId, profile })
  await save(await drawLogo(300, 100).png().toBuffer())
  expect(await readChurchProfile({ db }, { churchId })).toMatchObject({
    ...profile,
    logo: { widthPx: 300, heightPx: 100 },
  })
  await saveChurchProfile({ db }, { churchId, actorId, profile: { ...profile, website: '' } })
  expect(await readChurchProfile({ db }, { churchId })).toMatchObject({
    website: '',
    logo: { widthPx: 300, heightPx: 100 },
  })
  expect(await readChurchProfile({ db }, { churchId: other })).toMatchObject({ description: '', logo: null })
  await save(null)
  expect(await readChurchProfile({ db }, { churchId })).toMatchObject({ ...profile, website: '', logo: null })
  await expect(findChurchLogo({ db }, { churchId })).rejects.toMatchObject({ code: 'not_found' })
})

describe('a logo', () => {
  test('gets another address when it is replaced', async () => {
    const addresses = new Set<string | undefined>()
    for (const sizePx of [100, 120]) {
      await save(await drawLogo(sizePx, sizePx).png().toBuffer())
      addresses.add((await readChurchProfile({ db }, { churchId })).logo?.src)
    }
    expect(addresses.size).toBe(2)
  })

  test('is made smaller, keeps its shape and transparency, and loses an empty border', async () => {
    await save(await drawLogo(1600, 400, 200).png().toBuffer())
    const wide = await readLogo()
    expect(wide).toMatchObject({ format: 'png', width: 640, hasAlpha: true })
    // The border is found on a smaller picture, whose edge is blurred.
    expect(Math.abs(wide.height - 160)).toBeLessThanOrEqual(2)
    await save(await drawLogo(200, 800).png().toBuffer())
    expect(await readLogo()).toMatchObject({ width: 80, height: 320 })
  })

  test('is upright as its camera meant it', async () => {
    const onItsSide = await drawLogo(300, 100).flatten().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    await save(onItsSide)
    expect(await readLogo()).toMatchObject({ width: 100, height: 300 })
  })

  test('that cannot be used is refused with what to do, and the one before it stays', async () => {
    const before = await drawLogo(90, 90).png().toBuffer()
    await save(before)
    const noise = await sharp({
      create: {
        ...{ width: 300, height: 300, channels: 3, background: '#000' },
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer()
    const refused: [string, Uint8Array][] = [
      ['unsupported_media', Buffer.from('not an image')],
      ['unsupported_media', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>')],
      ['unsupported_media', await drawLogo(90, 90).gif().toBuffer()],
      ['unsupported_media', noise.subarray(0, noise.length / 2)],
      ['unsupported_media', new Uint8Array()],
      ['unprocessable', await drawLogo(20, 40).png().toBuffer()],
      ['unprocessable', await drawLogo(2, 300).png().toBuffer()],
      ['unprocessable', await drawLogo(1000, 33, 100).png().toBuffer()],
      ['unsupported_media', await drawLogo(5100, 5100).png().toBuffer()],
    ]
    for (const [code, image] of refused) await expect(save(image)).rejects.toMatchObject({ code })
    expect(await readLogo()).toMatchObject({ width: 90, height: 90 })
  })
})
