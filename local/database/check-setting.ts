export interface Refusal {
  message: string
  hint: string
}

const encodings = new Set(['utf8', 'unicode', 'sqlascii'])
const offWords = new Set(['off', 'false', 'no', '0', 'f', 'n'])

/**
 * Returns why the embedded database cannot keep this setting for one client, or null when Postgres may decide.
 * `value` is null when it is not known yet.
 */
export function checkSetting(name: string, value: string | null): Refusal | null {
  switch (name.toLowerCase()) {
    case 'client_encoding':
    case 'names':
      if (value === null || encodings.has(value.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))) return null
      return {
        message: `the client encoding "${value}" is not available on the embedded database`,
        hint: 'Use UTF8.',
      }
    case 'standard_conforming_strings':
      if (value === null || !offWords.has(value.toLowerCase())) return null
      return {
        message: 'standard_conforming_strings cannot be off on the embedded database',
        hint: "Write strings with backslash escapes as E'…'.",
      }
    case 'idle_session_timeout':
      if (value === null || /^0/.test(value)) return null
      return {
        message: 'idle_session_timeout is not available on the embedded database',
        hint: 'Close idle connections in the client, for example with the idle timeout of its pool.',
      }
    case 'session_authorization':
      return {
        message: 'the embedded database has only one login role',
        hint: 'Use SET ROLE.',
      }
    default:
      return null
  }
}
