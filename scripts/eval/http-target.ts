import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { LibrarySermon } from './load-library.ts'
import type { Target } from './target.ts'

const FOUND = 100
const root = join(import.meta.dirname, '../..')
const importedSchema = z.object({
  sermons: z.array(z.object({ id: z.string(), facets: z.object({ index: z.string() }).loose() }).loose()),
})
const hitsSchema = z.object({ results: z.array(z.object({ sermonId: z.string() }).loose()) })
const answerSchema = z.object({
  outcome: z.enum(['answered', 'related', 'refused']),
  refused: z.boolean(),
  quotes: z.array(z.object({ sermonId: z.string(), text: z.string() }).loose()),
})

/**
 * Imports the library into a server with `selah import`, like a church, and returns the key of each sermon
 * by its id. Signs in with `SELAH_TOKEN`, or with the owner's email and password, of the environment.
 */
export async function importLibrary(
  url: string,
  library: readonly LibrarySermon[],
): Promise<{ keys: Map<string, string>; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-eval-'))
  try {
    const cell = (value: string) => `"${value.replaceAll('"', '""')}"`
    const rows = library.map(({ key, title, scripture }) =>
      [`${key}.txt`, title, 'C. H. Spurgeon', scripture].map(cell).join(','),
    )
    await writeFile(join(folder, 'index.csv'), ['file,title,speaker,scripture', ...rows].join('\n'))
    for (const { key, text } of library) await writeFile(join(folder, `${key}.txt`), text)
    const startedAt = performance.now()
    const printed = await runSelah(url, [
      'import',
      join(folder, 'index.csv'),
      '--text-only',
      '--publish',
      '--wait',
      '--json',
    ])
    const { sermons: imported } = importedSchema.parse(JSON.parse(printed))
    const failed = imported.filter(({ facets }) => facets.index !== 'ready')
    if (imported.length !== library.length || failed.length > 0) {
      throw new Error(
        `${imported.length} of ${library.length} sermons were imported, and ${failed.length} are not searchable.`,
      )
    }
    return {
      keys: new Map(imported.map(({ id }, place) => [id, library[place]?.key ?? ''])),
      seconds: (performance.now() - startedAt) / 1000,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function runSelah(url: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts/selah.ts'), ...args], {
      cwd: root,
      env: { ...process.env, SELAH_URL: url },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve(printed)
        : reject(new Error(`The import ended with exit code ${code}: ${printed.slice(0, 500)}`)),
    )
  })
}

/** Measures a running server. `slowest` and `mean` are response times in ms, by path. */
export function httpTarget(
  url: string,
): Target & { times: () => Record<string, { mean: number; slowest: number }> } {
  const taken: Record<string, number[]> = {}
  const request = async (path: string, init?: RequestInit): Promise<unknown> => {
    for (;;) {
      const startedAt = performance.now()
      const response = await fetch(new URL(path, url), init)
      const body: unknown = await response.json()
      if (response.status === 429) {
        await delay(1000 * Number(response.headers.get('retry-after') ?? 1))
        continue
      }
      if (!response.ok)
        throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body).slice(0, 300)}`)
      const name = path.split('?')[0] ?? path
      taken[name] = [...(taken[name] ?? []), performance.now() - startedAt]
      return body
    }
  }
  return {
    search: async (query) => {
      const found = await request(`/api/v1/search?${new URLSearchParams({ q: query, limit: String(FOUND) })}`)
      return [...new Set(hitsSchema.parse(found).results.map(({ sermonId }) => sermonId))]
    },
    ask: async (question) =>
      answerSchema.parse(
        await request('/api/v1/ask', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ question }),
        }),
      ),
    times: () =>
      Object.fromEntries(
        Object.entries(taken).map(([path, ms]) => [
          path,
          { mean: ms.reduce((sum, one) => sum + one, 0) / ms.length, slowest: Math.max(...ms) },
        ]),
      ),
  }
}
