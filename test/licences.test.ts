import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '..')

/** Licences that allow a church to run, change and pass on Selah as a whole. */
const permitted = new Set([
  '0BSD',
  'AFL-2.1',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  // Used as separate libraries or unchanged files, which these two allow.
  'LGPL-3.0-or-later',
  'MPL-2.0',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
])

/** Packages that state their licence elsewhere or in their own words, as read on 29 November 2026. */
const readByHand: Record<string, string> = {
  '@shinyoshiaki/jspack': 'BSD-3-Clause',
  '@sodaru/yup-to-json-schema': 'MIT',
  'combine-errors': 'MIT',
  jsonify: 'Unlicense',
  'xmlhttprequest-ssl': 'MIT',
}

const packageSchema = z.object({ name: z.string(), license: z.unknown().optional() })
const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) })

/** The installed packages and what they say about their licence. */
function readInstalled(): { name: string; licence: string }[] {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')),
  )
  return Object.keys(packages)
    .map((folder) => path.join(root, folder, 'package.json'))
    .filter((file) => file !== path.join(root, 'package.json') && existsSync(file))
    .map((file) => packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
    .map(({ name, license }) => ({
      name,
      licence:
        readByHand[name] ?? (typeof license === 'string' ? license : JSON.stringify(license ?? 'none')),
    }))
}

test('every installed package has a licence under which Selah may be passed on', () => {
  const installed = readInstalled()
  expect(installed.length).toBeGreaterThan(500)
  const refused = installed.filter(
    ({ licence }) =>
      !licence.split(/\s+(?:OR|AND)\s+|[()]/).every((name) => name === '' || permitted.has(name)),
  )
  expect(refused).toEqual([])
})
