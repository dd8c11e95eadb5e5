/** Runs once when the web server starts: begins forwarding events to the job engine. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startBackgroundWork } = await import('#app/_server/background-work.ts')
  startBackgroundWork()
}
