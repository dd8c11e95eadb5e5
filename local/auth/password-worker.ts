import { randomUUID } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import bcrypt from 'bcryptjs'

type Request =
  | { id: number; kind: 'hash'; password: string }
  | { id: number; kind: 'compare'; password: string; hash: string | null }

/** The cost hosted projects use: hashes can be moved there and back. */
const rounds = 10
/** What an unknown account is compared with, so that it takes as long as a known one. */
const nobodysHash = bcrypt.hashSync(randomUUID(), rounds)

parentPort?.on('message', (request: Request) => {
  const result =
    request.kind === 'hash'
      ? bcrypt.hashSync(request.password, rounds)
      : bcrypt.compareSync(request.password, request.hash ?? nobodysHash)
  parentPort?.postMessage({ id: request.id, result })
})
