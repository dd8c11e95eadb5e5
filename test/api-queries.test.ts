import { globSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readOperations } from '#app/_server/routes.ts'

/** The query of each operation that has one, in every route file: the API, feeds, embeds and oEmbed. */
const files = globSync('app/**/route.ts')
const operations = await Promise.all(
  files.map(async (file) => readOperations(await import(path.resolve(file)))),
)
const queries = operations
  .flat()
  .flatMap(({ method, path: address, inputs: { query } }) =>
    query ? [{ operation: `${method} ${address}`, query }] : [],
  )

/** The objects of a schema: a query can be one of several. */
const shapesOf = (schema: z.ZodType): z.ZodObject[] =>
  schema instanceof z.ZodUnion
    ? schema.options.flatMap((option) => (option instanceof z.ZodType ? shapesOf(option) : []))
    : schema instanceof z.ZodObject
      ? [schema]
      : []

test('the routes with a query are found', () => {
  expect(queries.length).toBeGreaterThan(15)
})

test.each(queries)('$operation refuses a wrong value of each parameter', ({ query }) => {
  const shapes = shapesOf(query)
  expect(shapes.length).toBeGreaterThan(0)
  for (const { shape } of shapes) {
    for (const [name, field] of Object.entries(shape)) {
      const parameter = z.object({ [name]: field })
      for (const value of [String.fromCharCode(0), ['1', '2']]) {
        expect(parameter.safeParse({ [name]: value }).success, `${name}=${value}`).toBe(false)
      }
    }
  }
})
