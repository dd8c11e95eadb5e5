import { expect, test } from 'vitest'
import { printTable } from './print-table.ts'

const cell = {
  step: 'media/probe',
  moment: 'begin',
  ok: true,
  landed: true,
  recoveredMs: 3_210,
  problems: [],
}

test('each step is a row, each process a column, and the failures are listed below', () => {
  const table = printTable([
    { ...cell, target: 'worker' },
    { ...cell, target: 'web', ok: false, problems: ['left behind: temporary folder selah-1'] },
    { ...cell, target: 'web', moment: 'end', ok: false, landed: false, problems: ['too late'] },
  ])
  expect(table.split('\n')).toEqual([
    '  step (killed at)     worker      web',
    '  media/probe (begin)  ok 3.2 s    FAILED',
    '  media/probe (end)    -           not hit',
    '',
    'media/probe (begin), web killed:',
    '  left behind: temporary folder selah-1',
    '',
    'media/probe (end), web killed:',
    '  too late',
    '',
    '1 of 3 ok.',
  ])
})
