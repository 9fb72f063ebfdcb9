export * from './definition.ts'
export * from './json.ts'
export * from './problem.ts'
