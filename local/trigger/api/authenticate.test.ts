import { generateJWT } from '@trigger.dev/core/v3'
import { expect, it } from 'vitest'

import { authenticate, authorise } from './authenticate.ts'

const secretKey = 'tr_dev_abcdefghijkl'

it('accepts the secret key and refuses any other', async () => {
  expect(await authenticate(`Bearer ${secretKey}`, secretKey)).toEqual({ kind: 'secret' })
  await expect(authenticate('Bearer tr_dev_other', secretKey)).rejects.toThrow()
  await expect(authenticate(undefined, secretKey)).rejects.toThrow()
})

it('accepts a token signed with the secret key, for its scopes and narrower ones', async () => {
  const token = await generateJWT({ secretKey, payload: { scopes: ['read:runs:run_1', 'write:tasks'] } })
  const caller = await authenticate(`Bearer ${token}`, secretKey)
  expect(() => authorise(caller, ['read:runs:run_1'])).not.toThrow()
  expect(() => authorise(caller, ['write:tasks:greet'])).not.toThrow()
  expect(() => authorise(caller, ['read:runs:run_10'])).toThrow()
  expect(() => authorise(caller, ['read:runs'])).toThrow()
  expect(() => authorise(caller, undefined)).toThrow()
})

it('refuses a token signed with another key', async () => {
  const token = await generateJWT({ secretKey: 'tr_dev_other', payload: { scopes: ['read:runs'] } })
  await expect(authenticate(`Bearer ${token}`, secretKey)).rejects.toThrow()
})
