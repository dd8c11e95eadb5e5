/** The environment of every run of this installation. */
export const environment = { id: 'env_local', slug: 'dev', type: 'DEVELOPMENT' } as const
