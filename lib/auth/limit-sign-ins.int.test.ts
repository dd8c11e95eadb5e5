import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { knownClients, rateLimits } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { limitSignIns } from './limit-sign-ins.ts'

let database: TestDatabase
let connections: DatabaseConnection[]

beforeAll(async () => {
  database = await startTestDatabase()
  // Two, as two web processes have.
  connections = [connectDatabase(database.connectionString), connectDatabase(database.connectionString)]
})

afterAll(async () => {
  for (const { close } of connections) await close()
  await database.stop()
})

beforeEach(async () => {
  await connections[0]?.db.delete(rateLimits)
  await connections[0]?.db.delete(knownClients)
})

const owner = 'owner@selah.test'
let turn = 0

/** The attempts alternate between the two web processes. */
function attempt(email: string, key: string, password: string, isShared = false): Promise<string> {
  turn += 1
  const connection = connections[turn % 2]
  if (!connection) throw new Error('There is no connection')
  return limitSignIns(connection, { email, client: { key, isShared } }, async () => {
    if (password === 'unreachable') throw new AppError('unavailable', 'Not now.')
    if (password !== 'right') throw new AppError('not_signed_in', 'Not right.')
    return 'signed in'
  }).catch((error: AppError) => error.code)
}

it('signs the owner in 60 of 60 times while 50 addresses guess a thousand times', async () => {
  const guesses: string[] = []
  const signIns: string[] = []
  for (let round = 0; round < 1_000; round += 1) {
    guesses.push(await attempt(owner, `198.51.100.${round % 50}`, 'a guess'))
    // The first one comes from an address that is new, in the middle of the attack.
    if (round >= 400 && round % 10 === 0) signIns.push(await attempt(owner, '203.0.113.7', 'right'))
  }
  expect(signIns).toHaveLength(60)
  expect(new Set(signIns)).toEqual(new Set(['signed in']))
  // Only the guesses that the limits of the account and of each address allow.
  expect(guesses.filter((code) => code === 'not_signed_in').length).toBeLessThan(360)
}, 300_000)

it('takes the networks of one IPv6 site together when an account is attacked', async () => {
  const guesses: string[] = []
  for (let network = 0; network < 160; network += 1) {
    guesses.push(await attempt(owner, `2001:db8:7:${network.toString(16)}`, 'a guess'))
  }
  // A hundred at the account, and then as few as one client has.
  expect(guesses.filter((code) => code === 'not_signed_in').length).toBeLessThan(107)
  expect(await attempt(owner, '2001:db8:8:1', 'right')).toBe('signed in')
})

it('refuses a client after thirty wrong guesses at any accounts, also when they are simultaneous and at two processes', async () => {
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => attempt(`${index}@selah.test`, 'guesser', 'a guess')),
  )
  expect(codes.filter((code) => code === 'not_signed_in')).toHaveLength(30)
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(20)
  expect(await attempt(owner, 'guesser', 'right')).toBe('rate_limited')
  expect(await attempt(owner, 'another', 'right')).toBe('signed in')
})

it('never refuses the right password from an address that signed in recently, also after its own wrong guesses', async () => {
  expect(await attempt(owner, 'home', 'right')).toBe('signed in')
  for (let guess = 0; guess < 31; guess += 1)
    expect(await attempt(owner, 'home', 'a guess')).toBe('not_signed_in')
  expect(await attempt(owner, 'home', 'right')).toBe('signed in')
})

it('counts no attempt with the right password, and none while the auth server is unreachable', async () => {
  for (let round = 0; round < 40; round += 1) {
    expect(await attempt(owner, 'script', 'unreachable')).toBe('unavailable')
  }
  for (let round = 0; round < 40; round += 1)
    expect(await attempt(owner, 'script', 'right')).toBe('signed in')
})

it('allows twenty times as many guesses from an address that many clients share', async () => {
  const codes: string[] = []
  for (let guess = 0; guess < 100; guess += 1) {
    codes.push(await attempt(`${guess}@selah.test`, 'proxy', 'a guess', true))
  }
  expect(new Set(codes)).toEqual(new Set(['not_signed_in']))
})
