import path from 'node:path'

/**
 * The full path of a given file. npm runs scripts in the project's folder, whatever folder it was called from
 * (`npm --prefix`), and passes that folder on.
 */
export function givenPath(
  name: string,
  environment: Record<string, string | undefined> = process.env,
  workingFolder = process.cwd(),
): string {
  const calledFrom = environment.npm_lifecycle_event === 'selah' ? environment.INIT_CWD : undefined
  return path.resolve(calledFrom || workingFolder, name)
}
