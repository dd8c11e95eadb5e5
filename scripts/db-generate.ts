/** `npm run db:generate`: writes a migration for the changes in lib/db/schema. */
import path from 'node:path'
import { runChild } from './bootstrap/run-child.mjs'

const root = path.resolve(import.meta.dirname, '..')
const drizzleKit = path.join(root, 'node_modules/drizzle-kit/bin.cjs')
process.exitCode = await runChild(process.execPath, [drizzleKit, 'generate', ...process.argv.slice(2)], {
  cwd: root,
})
