import { defineConfig } from 'vitest/config'

/** As in next.config.mjs: messages are parsed already. */
const resolve = { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          server: { deps: { inline: ['use-intl'] } },
          include: ['{app,components,harness,lib,local,trigger,scripts,test}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.ts', '**/*.contract.test.ts'],
          environment: 'node',
          // These tests have no outside effects, so files may share loaded modules, which takes a third of the time.
          isolate: false,
          // Property tests take seconds on a slow machine.
          testTimeout: 60_000,
          restoreMocks: true,
        },
      },
      {
        test: {
          name: 'int',
          include: ['{app,lib,local,trigger,scripts,test}/**/*.{int,contract}.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Each file has its own servers, folders and ports, and mostly waits for one of them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
