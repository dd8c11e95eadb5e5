/** `npm run dev`: runs everything with hot reload of pages and tasks until it is stopped. */
import path from 'node:path'
import { runChild } from './bootstrap/run-child.mjs'

const root = path.resolve(import.meta.dirname, '..')
const supervisor = path.join(root, 'local/supervisor/main.ts')
process.exitCode = await runChild(process.execPath, [supervisor, '--dev'], { cwd: root })
