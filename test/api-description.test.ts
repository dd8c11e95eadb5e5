import { globSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { apiRoutes } from '#app/api/v1/openapi.json/api-routes.ts'
import { apiOperations } from '#lib/openapi/api-operations.ts'
import { describeApi } from '#lib/openapi/describe-api.ts'

const description = () => describeApi(apiRoutes, { siteUrl: 'https://sermons.example' })

test('the description of the API is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(description()))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test('the description contains every route of /api/v1 and nothing else', () => {
  const files = globSync('app/api/v1/**/route.ts')
    .map((file) => file.replace(/^app|\/route\.ts$/g, ''))
    .filter((path) => path !== '/api/v1/openapi.json')
  expect([...new Set(apiRoutes.map(({ path }) => path))].sort()).toEqual(files.sort())
  expect(apiRoutes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(apiOperations).sort(),
  )
})

test('inputs are described by the schemas that the routes use', () => {
  const text = JSON.stringify(description())
  expect(JSON.parse(text)).toMatchObject({
    paths: {
      '/api/v1/search': {
        get: {
          parameters: [
            { name: 'q', in: 'query', required: false },
            { name: 'limit', schema: { minimum: 1, maximum: 100, default: 10 } },
            { name: 'sermonId', schema: { type: 'string', format: 'uuid' } },
          ],
        },
      },
      '/api/v1/ask': {
        post: {
          requestBody: { content: { 'application/json': { schema: { required: ['question'] } } } },
          security: [{}, { token: [] }],
        },
      },
      '/api/v1/sermons/{id}': {
        delete: { security: [{ token: [] }], parameters: [{ name: 'id', in: 'path', required: true }] },
      },
    },
  })
})
