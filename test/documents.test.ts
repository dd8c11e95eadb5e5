import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const records = readdirSync(path.join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
  'local/trigger/README.md',
]

test.each(records)('the decision record %s has the form of the template', (name) => {
  const text = read(`docs/decisions/${name}`)
  expect(text).toMatch(
    new RegExp(`^# ${name.slice(0, 4)}\\. .+\\n\\nDate: \\d{4}-\\d\\d-\\d\\d\\. Status: .+\\.\\n`),
  )
  expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
    'Context',
    'Decision',
    'Consequences',
  ])
})

test('the index of decision records lists each record once, with its title and date', () => {
  const index = read('docs/decisions/README.md')
  for (const name of records) {
    const [, title, date] = /^# \d{4}\. (.+)\n\nDate: (\S+)\./.exec(read(`docs/decisions/${name}`)) ?? []
    const rows = index.split('\n').filter((line) => line.includes(`(${name})`))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain(`[${title}]`)
    expect(rows[0]).toContain(String(date))
  }
})

test('documents refer only to existing files', () => {
  const missing = documents.flatMap((document) => {
    const text = read(document)
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to = '']) =>
      path.join(path.dirname(document), to),
    )
    // Paths in code quotes are relative to the root.
    const quoted = [
      ...text.matchAll(
        /`((?:app|components|lib|trigger|local|harness|scripts|e2e|test|docs)\/[\w./[\]()-]+\.\w+)`/g,
      ),
    ].map(([, to = '']) => to)
    return [...links, ...quoted]
      .filter((to) => !existsSync(path.join(root, to)))
      .map((to) => `${document}: ${to}`)
  })
  expect(missing).toEqual([])
})
