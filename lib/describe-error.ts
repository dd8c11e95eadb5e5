import { createHash } from 'node:crypto'
import type { StoredError } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

export type DescribedError = StoredError

const MAX_TEXT = 4000

/** Converts an error to its stored form: limited in length, with the messages of its causes, valid as JSON. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error).slice(0, MAX_TEXT) }
  const causes: string[] = []
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(`${cause.name}: ${cause.message}`)
  }
  return {
    name: error.name,
    message: error.message.slice(0, MAX_TEXT),
    ...(error.stack || causes.length > 0
      ? {
          stack: [error.stack ?? '', ...causes.map((cause) => `Caused by ${cause}`)]
            .join('\n')
            .slice(0, MAX_TEXT),
        }
      : {}),
    ...(error instanceof AppError ? { reason: error.reason, code: error.code } : {}),
  }
}

/**
 * A fingerprint that groups failures of the same kind, made of the task or event type, the reason or error name,
 * and the message without ids, numbers and quoted parts. 16 hexadecimal characters.
 */
export function fingerprintError(type: string, error: DescribedError): string {
  const message = error.reason
    ? ''
    : error.message
        .toLowerCase()
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
        .replace(/\b(run|batch|waitpoint)_[a-z0-9]+/g, '<id>')
        .replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '<text>')
        .replace(/\d+/g, '<n>')
        .slice(0, 200)
  return createHash('sha256')
    .update(JSON.stringify([type, error.reason ?? error.name, message]))
    .digest('hex')
    .slice(0, 16)
}
