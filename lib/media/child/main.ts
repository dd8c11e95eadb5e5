import { readFileSync } from 'node:fs'
import os from 'node:os'
import { encode } from './encode.ts'
import { measure, measureGain } from './measure.ts'
import { probe } from './probe.ts'
import { ChildFailure, type ChildRequest, send } from './protocol.ts'
import { writePcmFile } from './write-pcm-file.ts'

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

function answer(asked: ChildRequest): unknown {
  switch (asked.kind) {
    case 'probe':
      return probe(asked)
    case 'measure':
      return measure(asked)
    case 'measure-gain':
      return measureGain(asked)
    case 'encode':
      return encode(asked)
    case 'decode-to-pcm':
      return writePcmFile(asked)
  }
}
