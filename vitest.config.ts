import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,lib,local,trigger,scripts,test}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.ts', '**/*.contract.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'int',
          include: ['{app,lib,local,trigger,scripts,test}/**/*.{int,contract}.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
