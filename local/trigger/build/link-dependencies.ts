import { existsSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** Links node_modules into the output folder, where Node looks for packages that are not in the bundle. */
export async function linkDependencies(projectDir: string, outputDir: string): Promise<void> {
  const modules = findUpwards(projectDir, 'node_modules')
  if (!modules || !relative(dirname(modules), outputDir).startsWith('..')) return
  const link = join(outputDir, 'node_modules')
  if (!existsSync(link)) await symlink(modules, link, 'dir')
}

/** Returns the nearest file or folder with this name, in the folder or above it. */
export function findUpwards(from: string, name: string): string | undefined {
  let folder = from
  for (;;) {
    const candidate = join(folder, name)
    if (existsSync(candidate)) return candidate
    const above = dirname(folder)
    if (above === folder) return
    folder = above
  }
}
