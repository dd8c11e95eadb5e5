import { z } from 'zod'
import type { Access, RouteInputs } from '#lib/http/route-handler.ts'
import { apiOperations } from './api-operations.ts'

type JsonSchema = Record<string, unknown>

/** One method of one route, as the routes declare it. */
export type DescribedOperation = { method: string; path: string; access: Access; inputs: RouteInputs }

const errorSchema = z.object({
  error: z.object({
    code: z.string().describe('Stable; for programs.'),
    message: z.string().describe('A sentence that says what to do; for people.'),
  }),
})

/**
 * Describes the HTTP API as an OpenAPI 3.1 document. Inputs come from the schemas that the routes validate with.
 * Throws an `Error` when an operation has no description.
 */
export function describeApi(
  operations: readonly DescribedOperation[],
  { siteUrl }: { siteUrl: string },
): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\[(\w+)\]/g, '{$1}')
    const item = paths[path] ?? {}
    item[operation.method.toLowerCase()] = describeOperation(operation)
    paths[path] = item
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Selah',
      version: '1',
      description: 'Sermons, their transcripts, search and answers in the words of the preachers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: siteUrl.replace(/\/$/, '') }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'From Settings, API tokens.' },
      },
      responses: {
        Error: { description: 'The request failed.', content: json(toSchema(errorSchema, 'output')) },
      },
    },
  }
}

function describeOperation({ method, path, access, inputs }: DescribedOperation): JsonSchema {
  const text = apiOperations[`${method} ${path}`]
  if (!text) throw new Error(`${method} ${path} has no description in lib/openapi/api-operations.ts.`)
  const parameters = [
    ...describeParameters(inputs.params ?? pathParameters(path), 'path'),
    ...(inputs.query ? describeParameters(inputs.query, 'query') : []),
  ]
  const { status = 200, response = z.looseObject({}), mediaType } = text
  const success = mediaType ? { [mediaType]: {} } : json(toSchema(response, 'output'))
  const hasContent = status !== 204 && status !== 302
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-z]+(\w)?/gi, (_, next = '') => next.toUpperCase())}`,
    tags: [path.split('/')[3] ?? 'api'],
    summary: text.summary,
    security: access === 'public' || access === 'open' ? [{}, { token: [] }] : [{ token: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(inputs.body
      ? { requestBody: { required: true, content: json(toSchema(inputs.body, 'input')) } }
      : {}),
    responses: {
      [status]: { description: text.summary, ...(hasContent ? { content: success } : {}) },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

/** The JSON Schema of parameters: an object with one property for each. */
const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
})

function describeParameters(schema: z.ZodType, place: 'path' | 'query'): JsonSchema[] {
  const { properties, required } = objectSchema.parse(toSchema(schema, 'input'))
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function pathParameters(path: string): z.ZodType {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name)
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}

/** Transforms that normalise texts have no JSON Schema: `input` describes what is sent. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

function json(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } }
}
