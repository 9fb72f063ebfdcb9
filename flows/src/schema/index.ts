export { checkSchema, type SchemaOptions } from './check-schema.ts'
export { withDefaults } from './defaults.ts'
export { choicesOf, fieldName, itemSchema, propertySchema, type Schema } from './parts.ts'
export type { SchemaProblem, SchemaProblemCode } from './problem.ts'
