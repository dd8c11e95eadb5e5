/** `npm run lock`: makes package-lock.json cover every platform. Run it after each change of the packages. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fillLock, type LockFile } from './lock/fill-lock.ts'

const file = path.resolve(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(await readFile(file, 'utf8')) as LockFile
const { filled, added } = fillLock(lock)

if (added.length === 0) {
  console.log('package-lock.json already covers every platform.')
} else {
  await writeFile(file, `${JSON.stringify(filled, null, 2)}\n`)
  console.log(`Added ${added.length} optional platform builds to package-lock.json:`)
  for (const name of added) console.log(`  ${name}`)
}
