/** The one description of the data. Row types are inferred from here; migrations are generated from here. */
export * from './schema/catalogue.ts'
export * from './schema/jobs.ts'
export * from './schema/people.ts'
export * from './schema/text.ts'
