import type { IncomingMessage } from 'node:http'

import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

const mostBytes = 16 * 1024 * 1024

/** Reads a JSON body of at most 16 MB. An empty body is undefined. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk)
    sizeBytes += buffer.length
    if (sizeBytes > mostBytes) throw new AppError('too_large', 'A request can have at most 16 MB.')
    chunks.push(buffer)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', 'The request body is not JSON.', { cause })
  }
}

/** Parses a value with a schema. Throws bad_request, naming the invalid fields. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new AppError('bad_request', `The request is not valid. ${issues.join('; ')}`)
}
