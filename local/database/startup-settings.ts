import { checkSetting } from './check-setting.ts'

export interface StartupProblem {
  code: string
  message: string
}

/** Parameters of the start-up packet that are not settings of the session. */
const notSettings = new Set(['user', 'database', 'replication', 'options'])

/**
 * Reads the settings that a client requests when it connects, its own (`application_name=…`) and those in `options`
 * (`-c name=value` or `--name=value`), with names in lower case. Postgres checks the values later. Returns the
 * problem when they cannot be read, or cannot be kept for one client.
 */
export function readStartupSettings(parameters: Map<string, string>): Map<string, string> | StartupProblem {
  const settings = new Map<string, string>()
  for (const argument of pairArguments(splitOptions(parameters.get('options') ?? ''))) {
    const [, name, value] = /^(?:-c|--)\s*([^=]+)=(.*)$/s.exec(argument) ?? []
    if (name === undefined || value === undefined) {
      return { code: '42601', message: `invalid start-up option "${argument}"; use -c name=value` }
    }
    settings.set(name.replaceAll('-', '_').toLowerCase(), value)
  }
  for (const [name, value] of parameters) {
    if (!notSettings.has(name) && !name.startsWith('_pq_.')) settings.set(name.toLowerCase(), value)
  }
  for (const [name, value] of settings) {
    const refusal = checkSetting(name, value)
    if (refusal !== null) return { code: '0A000', message: `${refusal.message}. ${refusal.hint}` }
  }
  // The only available encoding, under any of its names.
  settings.delete('client_encoding')
  return settings
}

/** Splits at spaces; a backslash escapes the next character. */
function splitOptions(text: string): string[] {
  const parts = text.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? []
  return parts.map((part) => part.replaceAll(/\\([\s\S])/g, '$1'))
}

function pairArguments(parts: string[]): string[] {
  const paired: string[] = []
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? ''
    if (part === '-c') index += 1
    paired.push(part === '-c' ? `-c${parts[index] ?? ''}` : part)
  }
  return paired
}
