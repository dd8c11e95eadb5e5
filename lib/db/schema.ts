/** The database schema. Row types are inferred and migrations are generated from it. */
export * from './schema/catalogue.ts'
export * from './schema/clips.ts'
export * from './schema/jobs.ts'
export * from './schema/limits.ts'
export * from './schema/listening.ts'
export * from './schema/metrics.ts'
export * from './schema/people.ts'
export * from './schema/text.ts'
