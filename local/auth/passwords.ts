import { Worker } from 'node:worker_threads'
import { AuthError } from './auth-error.ts'

export interface Passwords {
  hash(password: string): Promise<string>
  /** False for a missing hash, after the same time as for a wrong password. */
  matches(password: string, hash: string | null): Promise<boolean>
  close(): Promise<void>
}

/** Hashes in a separate thread: a tenth of a second of computing must not block streaming audio. */
export function createPasswords(): Passwords {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: unknown) => void }>()

  const failAll = (error: unknown) => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const send = (request: { kind: 'hash' | 'compare'; password: string; hash?: string | null }) =>
    new Promise<unknown>((resolve, reject) => {
      if (!worker) {
        worker = new Worker(new URL('./password-worker.ts', import.meta.url))
        worker.unref()
        worker.on('message', (answer: { id: number; result: unknown }) => {
          waiting.get(answer.id)?.resolve(answer.result)
          waiting.delete(answer.id)
        })
        worker.on('error', failAll)
        worker.on('exit', () => failAll(new Error('The password thread ended')))
      }
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, ...request })
    })

  return {
    hash: async (password) => String(await send({ kind: 'hash', password })),
    async matches(password, hash) {
      const same = await send({ kind: 'compare', password, hash })
      return same === true && hash !== null
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** Throws AuthError 422 `weak_password` or 400 `validation_failed`. */
export function checkPasswordStrength(password: string): void {
  if (password.length < 8) {
    throw new AuthError(422, 'weak_password', 'Password should be at least 8 characters.', {
      weak_password: { reasons: ['length'] },
    })
  }
  if (Buffer.byteLength(password) > 72) {
    throw new AuthError(400, 'validation_failed', 'Password cannot be longer than 72 characters')
  }
}
