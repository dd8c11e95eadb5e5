import { createClient } from '@supabase/supabase-js'
import { afterEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway

afterEach(async () => {
  await gateway?.stop()
  await database?.stop()
})

test('playback continues while the database is unreachable, except of recordings that were removed, moved or replaced', async () => {
  database = await startTestDatabase()
  gateway = await startTestGateway({ connectionString: database.connectionString })
  const { storage } = createClient(gateway.url, gateway.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  await storage.createBucket('media', { public: false })
  const urls: Record<string, string> = {}
  for (const name of ['playing', 'removed', 'moved', 'replaced']) {
    await storage.from('media').upload(name, 'a'.repeat(1000), { contentType: 'audio/mpeg' })
    urls[name] = (await storage.from('media').createSignedUrl(name, 600)).data?.signedUrl ?? ''
  }
  const read = async (name: string) => {
    const response = await fetch(urls[name] ?? '', { headers: { range: 'bytes=10-19' } })
    return { status: response.status, text: await response.text() }
  }
  const statusOf = async (name: string) => (await read(name)).status
  expect(await statusOf('removed')).toBe(206)
  expect(await statusOf('moved')).toBe(206)
  await storage.from('media').remove(['removed'])
  expect(await statusOf('removed')).toBe(400)
  await storage.from('media').move('moved', 'elsewhere')
  expect(await statusOf('moved')).toBe(400)
  expect(await read('replaced')).toEqual({ status: 206, text: 'a'.repeat(10) })
  await storage
    .from('media')
    .upload('replaced', 'b'.repeat(1000), { contentType: 'audio/mpeg', upsert: true })
  expect(await read('replaced')).toEqual({ status: 206, text: 'b'.repeat(10) })
  expect(await statusOf('playing')).toBe(206)
  await database.stop()
  expect(await statusOf('playing')).toBe(206)
})
