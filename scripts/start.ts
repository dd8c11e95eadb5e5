/** `npm start`: builds the changed parts, then runs everything until it is stopped. */
import path from 'node:path'
import { runChild } from './bootstrap/run-child.mjs'
import { runCommand } from './bootstrap/run-command.mjs'
import { buildWeb } from './build/build-web.ts'

const root = path.resolve(import.meta.dirname, '..')

await runCommand(async () => {
  await buildWeb(root)
  return runChild(process.execPath, [path.join(root, 'local/supervisor/main.ts')], { cwd: root })
})
