import path from 'node:path'

/**
 * Returns the full path of a given file. npm runs scripts in the project's folder and passes on the folder in which it
 * was called (`npm --prefix`).
 */
export function givenPath(
  name: string,
  environment: Record<string, string | undefined> = process.env,
  workingFolder = process.cwd(),
): string {
  const calledFrom = environment.npm_lifecycle_event === 'selah' ? environment.INIT_CWD : undefined
  return path.resolve(calledFrom || workingFolder, name)
}
