import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const edges = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => path.join('app', file))

/** The files of `lib` whose schemas the edges parse what people and programs send with. */
const schemas = new Set(
  edges.flatMap((file) =>
    [...read(file).matchAll(/import \{([^}]*Schema[^}]*)\} from '#(lib\/[^']+)'/g)].map(
      ([, , from]) => from ?? '',
    ),
  ),
)

test('every text that is sent to Selah passes the one rule for text, so that what cannot be stored is refused', () => {
  expect([...schemas]).toContain('lib/sermons/sermon-input.ts')
  const loose = [...edges, ...schemas].filter((file) => /\bz\.string\(/.test(read(file)))
  expect(loose).toEqual([])
})
