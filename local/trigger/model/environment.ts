/** The environment every run of this installation belongs to. */
export const environment = { id: 'env_local', slug: 'dev', type: 'DEVELOPMENT' } as const
