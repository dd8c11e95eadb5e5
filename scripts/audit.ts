/**
 * `npm run audit`: compares the packages that Selah runs with the advisories of the package registry. Fails for a known
 * vulnerability of high severity. Without a registry that answers it says so and does not fail.
 */
import path from 'node:path'
import { z } from 'zod'
import { runNpm } from './bootstrap/npm.mjs'
import { runCommand } from './bootstrap/run-command.mjs'

const root = path.resolve(import.meta.dirname, '..')
const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
})

await runCommand(async () => {
  const { output } = await runNpm({
    node: process.execPath,
    args: ['audit', '--omit=dev', '--json', '--loglevel=silent'],
    cwd: root,
  })
  const report = reportSchema.safeParse(parse(output))
  if (!report.success) {
    console.log('The registry did not answer with advisories, so nothing was compared.')
    return 0
  }
  const found = Object.entries(report.data.vulnerabilities)
  for (const [name, { severity, range }] of found) console.log(`${severity}: ${name} ${range}`)
  const severe = found.filter(([, { severity }]) => ['high', 'critical'].includes(severity))
  console.log(`${found.length} packages with advisories, ${severe.length} of them of high severity.`)
  return severe.length > 0 ? 1 : 0
})

function parse(output: string): unknown {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}
