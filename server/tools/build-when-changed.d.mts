export const root: string
export function buildWhenChanged(name: 'server' | 'editor'): Promise<void>
/** Builds by another way, which the next `buildWhenChanged` then finds done. */
export function noteBuilt<Result>(name: 'server' | 'editor', build: () => Promise<Result>): Promise<Result>
