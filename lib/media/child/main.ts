import { readFileSync } from 'node:fs'
import os from 'node:os'
import { ChildFailure, type ChildRequest, send } from './protocol.ts'

// Only this process opens untrusted files with native code. The parent gives it an empty folder, no secrets and
// hard limits, and treats a crash as a result about the file.
os.setPriority(10)
const request: ChildRequest = JSON.parse(readFileSync(0, 'utf8'))

try {
  send({ type: 'result', value: await answer(request) })
} catch (error) {
  if (error instanceof ChildFailure) send({ type: 'failure', reason: error.reason, detail: error.message })
  else throw error
}
// node-av has native handles that can keep the process alive; by now every result is on disk or sent.
process.exit(0)

/** Each kind of work loads only what it needs: loading everything takes longer than a short recording. */
async function answer(asked: ChildRequest): Promise<unknown> {
  switch (asked.kind) {
    case 'probe':
      return (await import('./probe.ts')).probe(asked)
    case 'measure':
      return (await import('./measure.ts')).measure(asked)
    case 'encode':
      return (await import('./encode.ts')).encode(asked)
    case 'decode-to-pcm':
      return (await import('./write-pcm-file.ts')).writePcmFile(asked)
    case 'clip':
      return (await import('./compose-clip.ts')).composeClip(asked)
  }
}
