import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '#harness/ports.ts'

/** Debian keeps it out of the PATH of ordinary users. */
const programs = ['nginx', '/usr/sbin/nginx']
const READY_WITHIN_MS = 10_000

export interface Nginx {
  version: string
  url: string
  pid: number
  stop(): Promise<void>
}

/** Serves a file by nginx with its usual settings, without a log. Null when there is no nginx on this machine. */
export async function serveByNginx(file: { name: string; content: Uint8Array }): Promise<Nginx | null> {
  const program = programs.find((candidate) => spawnSync(candidate, ['-v']).status === 0)
  if (program === undefined) return null
  const version = spawnSync(program, ['-v']).stderr.toString('utf8').trim().replace('nginx version: ', '')
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-nginx-'))
  const port = await findFreePort()
  await mkdir(path.join(folder, 'files'))
  await writeFile(path.join(folder, 'files', file.name), file.content)
  // The worker of a master that runs as root would otherwise be another user, who may not read the folder.
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  await writeFile(
    path.join(folder, 'nginx.conf'),
    `${user}worker_processes auto;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  types { audio/mp4 mp4; }
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${folder}/files; }
}
`,
  )
  const child = spawn(program, ['-p', folder, '-c', path.join(folder, 'nginx.conf')], { stdio: 'inherit' })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}/${file.name}`
  try {
    await untilReady(url, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { version, url, pid: child.pid ?? 0, stop }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(url, { method: 'HEAD' }).catch(() => null)
    if (answer?.ok) return
    await wait(50)
  }
  throw new Error('nginx did not start. Its messages are above.')
}
