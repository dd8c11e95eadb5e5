import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { alwaysExternal } from '@trigger.dev/core/v3/build'
import { BuildManifest, WorkerManifest } from '@trigger.dev/core/v3/schemas'
import { z } from 'zod'

/*
 * The only file that imports parts of the Trigger.dev command line tool that the package does not export.
 * The package is pinned to an exact version. Run the contract suite for each new version.
 */

const ResolvedProject = z.looseObject({
  project: z.string(),
  dirs: z.array(z.string()),
  workingDir: z.string(),
  configFile: z.string().optional(),
})

type ResolvedProject = z.infer<typeof ResolvedProject>
type Listener = { onBundleComplete?: (bundle: unknown) => void }

const cliFolder = dirname(createRequire(import.meta.url).resolve('trigger.dev/package.json'))

async function importFromCli<T>(path: string, name: string): Promise<T> {
  const module: Record<string, unknown> = await import(pathToFileURL(join(cliFolder, 'dist/esm', path)).href)
  const found = module[name]
  if (typeof found !== 'function') {
    throw new Error(
      `trigger.dev no longer has ${name} in ${path}. Use the version that this project was built for.`,
    )
  }
  return found as T
}

const Bundle = z.looseObject({
  metafile: z.looseObject({ inputs: z.record(z.string(), z.unknown()) }),
})

/** Reads `trigger.config.ts` of the project in `cwd`. */
export async function loadProject(cwd: string): Promise<ResolvedProject> {
  const loadConfig = await importFromCli<(options: { cwd: string; warn: boolean }) => Promise<unknown>>(
    'config.js',
    'loadConfig',
  )
  return ResolvedProject.parse(await loadConfig({ cwd, warn: false }))
}

/**
 * Bundles the project's tasks together with the run worker.
 * `inputs` are the bundled files, as absolute or project-relative paths.
 */
export async function bundleProject(
  project: ResolvedProject,
  options: { destination: string; target: 'dev' | 'deploy'; environment: 'dev' | 'prod' },
): Promise<{ manifest: BuildManifest; inputs: string[] }> {
  const buildWorker = await importFromCli<
    (options: Record<string, unknown> & { listener: Listener }) => Promise<unknown>
  >('build/buildWorker.js', 'buildWorker')
  let inputs: string[] = []
  const manifest = await buildWorker({
    target: options.target,
    environment: options.environment,
    destination: options.destination,
    resolvedConfig: project,
    rewritePaths: false,
    envVars: {},
    forcedExternals: alwaysExternal,
    plain: true,
    listener: {
      onBundleComplete(bundle) {
        inputs = Object.keys(Bundle.parse(bundle).metafile.inputs)
      },
    },
  })
  return { manifest: BuildManifest.parse(manifest), inputs }
}

/** Loads every task of a bundle in a child process and returns their declarations. */
export async function indexBundle(options: {
  build: BuildManifest
  buildManifestPath: string
  cwd: string
  env: Record<string, string | undefined>
}): Promise<WorkerManifest> {
  const indexWorkerManifest = await importFromCli<(options: Record<string, unknown>) => Promise<unknown>>(
    'indexing/indexWorkerManifest.js',
    'indexWorkerManifest',
  )
  const printed: string[] = []
  try {
    const manifest = await indexWorkerManifest({
      runtime: options.build.runtime,
      indexWorkerPath: options.build.indexWorkerEntryPoint,
      buildManifestPath: options.buildManifestPath,
      nodeOptions: '',
      cwd: options.cwd,
      env: options.env,
      handleStdout: (text: string) => printed.push(text),
      handleStderr: (text: string) => printed.push(text),
    })
    return WorkerManifest.parse(manifest)
  } catch (cause) {
    throw new Error(
      `The tasks could not be loaded. ${explainIndexFailure(cause)} ${printed.join('')}`.trim(),
      {
        cause,
      },
    )
  }
}

const IndexFailure = z.looseObject({
  message: z.string().optional(),
  originalError: z.looseObject({ message: z.string() }).optional(),
  collisions: z
    .array(z.looseObject({ taskId: z.string().optional(), filePaths: z.array(z.string()).optional() }))
    .optional(),
  importErrors: z.array(z.looseObject({ file: z.string(), message: z.string() })).optional(),
})

function explainIndexFailure(cause: unknown): string {
  const failure = IndexFailure.safeParse(cause).data
  if (!failure) return String(cause)
  const parts = [
    failure.message,
    failure.originalError?.message,
    ...(failure.importErrors ?? []).map((error) => `${error.file}: ${error.message}`),
    ...(failure.collisions ?? []).map((collision) => JSON.stringify(collision)),
  ]
  return parts.filter(Boolean).join(' ')
}
