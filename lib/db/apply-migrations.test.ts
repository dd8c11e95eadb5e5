import { describe, expect, it } from 'vitest'
import { type MigrationFile, orderMigrationNames, planMigrations } from '#lib/db/apply-migrations.ts'

function file(name: string, checksum = `sum of ${name}`): MigrationFile {
  return { name, checksum, sql: `select '${name}'`, replaces: [] }
}

describe('orderMigrationNames', () => {
  it('sorts by number, not by text', () => {
    expect(orderMigrationNames(['10_c.sql', '9_b.sql', '0001_a.sql'])).toEqual([
      '0001_a.sql',
      '9_b.sql',
      '10_c.sql',
    ])
  })

  it('keeps 14-digit timestamps in order', () => {
    const names = ['20261124030502_b.sql', '20261124030501_a.sql']
    expect(orderMigrationNames(names)).toEqual([...names].reverse())
  })

  it('refuses a name without a number and a number used twice', () => {
    expect(() => orderMigrationNames(['add_table.sql'])).toThrow('Rename the migration add_table.sql')
    expect(() => orderMigrationNames(['0001_a.sql', '1_b.sql'])).toThrow('share a number')
  })
})

describe('planMigrations', () => {
  const files = [file('1_a.sql'), file('2_b.sql'), file('3_c.sql')]

  it('returns the pending files, in order', () => {
    expect(planMigrations(files, [file('1_a.sql')]).map((one) => one.name)).toEqual(['2_b.sql', '3_c.sql'])
    expect(planMigrations(files, files)).toEqual([])
  })

  it('accepts an applied file when the new text names its checksum', () => {
    const edited = { ...file('1_a.sql', 'new'), replaces: ['other'] }
    expect(planMigrations([edited], [file('1_a.sql', 'other')])).toEqual([])
  })

  it('refuses an applied file that was edited', () => {
    expect(() => planMigrations(files, [file('1_a.sql', 'other')])).toThrow(
      '1_a.sql was edited after it was applied',
    )
  })

  it('refuses a new file that sorts before an applied one', () => {
    expect(() => planMigrations(files, [file('1_a.sql'), file('3_c.sql')])).toThrow(
      '2_b.sql comes before 3_c.sql',
    )
  })

  it('refuses a database that is ahead of the folder', () => {
    expect(() => planMigrations(files, [file('4_d.sql')])).toThrow('does not contain')
  })
})
