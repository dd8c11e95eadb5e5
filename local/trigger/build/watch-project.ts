import { type FSWatcher, watch } from 'node:fs'

import { buildProject, type ProjectBuild } from './build-project.ts'

const debounceMs = 200
const watchedFile = /\.(?:[cm]?[jt]sx?|json)$/
const ignored = /(?:^|[\\/])(?:node_modules|\.[^\\/]+)(?:[\\/]|$)/

/**
 * Builds the tasks again when a source file of the project changes. When a build fails, it logs why and the
 * last working build stays in use. Returns a function that stops watching.
 */
export function watchProject(options: {
  projectDir: string
  outputDir: string
  current: ProjectBuild
  use: (build: ProjectBuild) => Promise<void>
  log: (line: string) => void
}): () => void {
  let version = options.current.version
  let timer: NodeJS.Timeout | undefined
  let building = false
  let again = false

  async function rebuild() {
    if (building) {
      again = true
      return
    }
    building = true
    try {
      const build = await buildProject(options)
      if (build.version !== version) {
        version = build.version
        await options.use(build)
        options.log(`The tasks were built again (${version}).`)
      }
    } catch (error) {
      options.log(`The tasks could not be built: ${error instanceof Error ? error.message : error}`)
    }
    building = false
    if (again) {
      again = false
      void rebuild()
    }
  }

  const watcher: FSWatcher = watch(options.projectDir, { recursive: true }, (_event, file) => {
    if (!file || ignored.test(file) || !watchedFile.test(file)) return
    clearTimeout(timer)
    timer = setTimeout(rebuild, debounceMs)
  })
  watcher.on('error', (error) => options.log(`Watching the tasks failed: ${error.message}`))
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
