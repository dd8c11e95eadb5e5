import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { listProcessTree, nameProcess } from './list-process-tree.ts'

test('the tree includes a child of a child, and no other process', async () => {
  const child = spawn('sh', ['-c', 'sleep 30 & echo started; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  try {
    const tree = listProcessTree(child.pid ?? 0)
    expect(tree).toHaveLength(2)
    expect(tree.map(({ pid }) => pid)).toContain(child.pid)
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  }
})

test.each([
  ['/opt/node --no-warnings /home/me/selah/local/database/main.ts', 'local/database/main.ts'],
  ['next-server (v16.4.6)', 'web server (Next.js)'],
  ['npm start', 'npm'],
  ['/opt/node scripts/bootstrap.mjs start', 'scripts/bootstrap.mjs'],
])('%s is named %s', (command, name) => {
  expect(nameProcess(command)).toBe(name)
})
