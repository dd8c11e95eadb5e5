import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './load-secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('secrets are created once, stored, and readable by their owner only', () => {
  const first = loadSecrets(folder)
  expect(loadSecrets(folder)).toEqual(first)
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('every secret is safe inside a URL', () => {
  const { databasePassword, setupToken } = loadSecrets(folder)
  for (const secret of [databasePassword, setupToken]) expect(encodeURIComponent(secret)).toBe(secret)
})

test('the signing key signs ES256 tokens and its id is its thumbprint', async () => {
  const { authJwk } = loadSecrets(folder)
  const key = await importJWK(authJwk, 'ES256')
  await new SignJWT({ sub: 'x' }).setProtectedHeader({ alg: 'ES256' }).sign(key)
  expect(authJwk.kid).toBe(await calculateJwkThumbprint(authJwk))
})

test('a damaged file is refused instead of replaced', () => {
  loadSecrets(folder)
  writeFileSync(path.join(folder, 'secrets.json'), '{}')
  expect(() => loadSecrets(folder)).toThrow(/damaged/)
})
