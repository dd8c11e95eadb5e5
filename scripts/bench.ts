/** `npm run bench -- <name> [--json]`: runs scripts/bench/<name>.ts. docs/benchmarks.md explains the measurements. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { runChild } from './bootstrap/run-child.mjs'

const folder = path.resolve(import.meta.dirname, 'bench')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => path.basename(file, '.ts'))
const [name = '', ...args] = process.argv.slice(2)

if (names.includes(name)) {
  process.exitCode = await runChild(process.execPath, [path.join(folder, `${name}.ts`), ...args])
} else {
  console.error(`Choose a measurement: npm run bench -- ${names.join(' | ')} [--json]`)
  process.exitCode = 1
}
