/**
 * Loaded into every process of an installation by `--import`: the clock of the process is ahead by the number of
 * milliseconds in the file that SELAH_FAULTS_CLOCK names. The embedded database reads this clock too.
 */
import { readFileSync } from 'node:fs'

const file = process.env.SELAH_FAULTS_CLOCK
const RealDate = Date
const readEveryMs = 100
let aheadMs = 0
let readAtMs = Number.NEGATIVE_INFINITY

function now() {
  if (file && performance.now() - readAtMs > readEveryMs) {
    readAtMs = performance.now()
    aheadMs = Number(readFileSync(file, 'utf8'))
  }
  return RealDate.now() + aheadMs
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, created) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, created),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
