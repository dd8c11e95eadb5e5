/** `npm run check`: the fast checks before every push: static checks and unit tests. */
import path from 'node:path'
import { sumCounts, summarise } from './test/count-results.ts'
import { runStaticChecks } from './test/run-static-checks.ts'
import { runVitest } from './test/run-vitest.ts'

const root = path.resolve(import.meta.dirname, '..')
const counts = sumCounts([await runStaticChecks(root), await runVitest(root, 'unit')])
console.log(`\n${summarise(counts)}`)
process.exitCode = counts.failed > 0 ? 1 : 0
