import path from 'node:path'

/**
 * A file as the person named it. npm runs its scripts in the folder of the project, whatever folder it was
 * called from (`npm --prefix`), and says where that was.
 */
export function givenPath(
  name: string,
  environment: Record<string, string | undefined> = process.env,
  workingFolder = process.cwd(),
): string {
  const calledFrom = environment.npm_lifecycle_event === 'selah' ? environment.INIT_CWD : undefined
  return path.resolve(calledFrom || workingFolder, name)
}
