import { randomUUID } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import bcrypt from 'bcryptjs'

type Request =
  | { id: number; kind: 'hash'; password: string }
  | { id: number; kind: 'compare'; password: string; hash: string | null }

/** The cost of hosted projects, so that hashes can be moved between the two. */
const rounds = 10
/** Compared with the password of an unknown account, so that the answer takes as long as for a known one. */
const dummyHash = bcrypt.hashSync(randomUUID(), rounds)

parentPort?.on('message', (request: Request) => {
  const result =
    request.kind === 'hash'
      ? bcrypt.hashSync(request.password, rounds)
      : bcrypt.compareSync(request.password, request.hash ?? dummyHash)
  parentPort?.postMessage({ id: request.id, result })
})
