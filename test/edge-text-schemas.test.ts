import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const edges = readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => path.join('app', file))

/** The files of `lib` with schemas by which the edges parse received input. */
const schemas = new Set(
  edges.flatMap((file) =>
    [...read(file).matchAll(/import \{([^}]*Schema[^}]*)\} from '#(lib\/[^']+)'/g)].map(
      ([, , from]) => from ?? '',
    ),
  ),
)

test('every received text is parsed by the rule for text, so that a text that cannot be stored is refused', () => {
  expect([...schemas]).toContain('lib/sermons/sermon-input.ts')
  const unchecked = [...edges, ...schemas].filter((file) => /\bz\.string\(/.test(read(file)))
  expect(unchecked).toEqual([])
})
