const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

/** Whether two addresses name the same installation. One machine has several names for itself. */
export function isSameInstallation(one: string, other: string): boolean {
  const [first, second] = [new URL(one), new URL(other)]
  const isSameHost =
    first.hostname === second.hostname || (loopback.has(first.hostname) && loopback.has(second.hostname))
  return isSameHost && first.port === second.port && first.protocol === second.protocol
}
