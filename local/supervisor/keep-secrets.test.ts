import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepSecrets } from './keep-secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('secrets are made once, kept, and readable by their owner only', () => {
  const first = keepSecrets(folder)
  expect(keepSecrets(folder)).toEqual(first)
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('every secret is safe inside a URL', () => {
  const { databasePassword, setupToken } = keepSecrets(folder)
  for (const secret of [databasePassword, setupToken]) expect(encodeURIComponent(secret)).toBe(secret)
})

test('the signing key signs ES256 tokens and is named by its thumbprint', async () => {
  const { authJwk } = keepSecrets(folder)
  const key = await importJWK(authJwk, 'ES256')
  await new SignJWT({ sub: 'x' }).setProtectedHeader({ alg: 'ES256' }).sign(key)
  expect(authJwk.kid).toBe(await calculateJwkThumbprint(authJwk))
})

test('a damaged file is refused instead of replaced', () => {
  keepSecrets(folder)
  writeFileSync(path.join(folder, 'secrets.json'), '{}')
  expect(() => keepSecrets(folder)).toThrow(/damaged/)
})
