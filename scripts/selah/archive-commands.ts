import { createServices, type Services } from '#lib/create-services.ts'
import { envSchema } from '#lib/env.ts'
import { exportArchive } from '../archive/export-archive.ts'
import { importArchive } from '../archive/import-archive.ts'
import { readRuntime } from './connect-api.ts'
import { givenPath } from './given-path.ts'

interface Cli {
  rest: string[]
  values: { to?: string | undefined }
  print(value: unknown, human: string): void
  required(value: string | undefined, what: string): string
}

/** The commands that move an installation between the editions. They use the database, Auth and Storage, not the API. */
export function archiveCommands({ rest, values, print, required }: Cli): Record<string, () => Promise<void>> {
  return {
    async export() {
      const folder = givenPath(required(values.to, 'The folder (--to)'))
      const { tables, users, objects } = await withServices((services) => exportArchive(services, { folder }))
      const rows = tables.reduce((sum, table) => sum + table.rows, 0)
      print(
        { path: folder, rows, users, objects: objects.length },
        `Exported ${rows} rows, ${users} accounts and ${objects.length} files to ${folder}. The folder holds password hashes: protect it.`,
      )
    },

    async 'import-archive'() {
      const folder = givenPath(required(rest[0], 'The archive'))
      const report = await withServices((services) => importArchive(services, { folder }))
      print(
        report,
        `Imported ${report.rows} rows, ${report.users} accounts and ${report.objects} files. Counts and hashes agree.`,
      )
    },
  }
}

/** Connects to the hosted services that the environment names, or to the installation that runs on this machine. */
async function withServices<Result>(work: (services: Services) => Promise<Result>): Promise<Result> {
  const runtime = await readRuntime()
  const local = {
    DATABASE_URL: runtime?.databaseUrl,
    SUPABASE_URL: runtime?.supabaseUrl,
    SUPABASE_PUBLISHABLE_KEY: runtime?.publishableKey,
    SUPABASE_SECRET_KEY: runtime?.secretKey,
    // Neither command starts a task.
    TRIGGER_SECRET_KEY: 'not used',
  }
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value))
  const parsed = envSchema.safeParse({ ...local, ...given })
  if (!parsed.success) {
    throw new Error(
      'Start Selah on this machine, or set DATABASE_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY.',
    )
  }
  const services = createServices(parsed.data)
  try {
    return await work(services)
  } finally {
    await services.close()
  }
}
