import type { ErrorObject } from 'ajv'

/**
 * A choice is told as one thing. JSON Schema speaks of every alternative that did not fit; where they are only values or only types of
 * one and the same place, what may stand there is all there is to say.
 */
export function oneSentence(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let left = errors
  // The innermost choice first, so that a choice of choices becomes one as well.
  for (const choice of errors.filter(isChoice).sort((one, other) => other.schemaPath.length - one.schemaPath.length)) {
    const within = left.filter((error) => error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`))
    const joined = within.every((error) => error.instancePath === choice.instancePath) ? join(byAlternative(choice, within)) : null
    if (joined !== null)
      left = left.flatMap((error) => (error === choice ? [{ ...choice, ...joined }] : within.includes(error) ? [] : [error]))
  }
  return left
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf'
}

/** What each alternative complains about. */
function byAlternative({ schemaPath }: ErrorObject, errors: readonly ErrorObject[]): readonly (readonly ErrorObject[])[] {
  const groups = new Map<string, ErrorObject[]>()
  for (const error of errors) {
    const alternative = error.schemaPath.slice(schemaPath.length + 1).split('/', 1)[0] ?? ''
    groups.set(alternative, [...(groups.get(alternative) ?? []), error])
  }
  return [...groups.values()]
}

function join(alternatives: readonly (readonly ErrorObject[])[]): Pick<ErrorObject, 'keyword' | 'params'> | null {
  if (alternatives.length === 0) return null
  const values = alternatives.map(valuesOf)
  if (values.every((list) => list !== null)) return { keyword: 'enum', params: { allowedValues: values.flat() } }
  const types = alternatives.map(typesOf)
  return types.every((list) => list !== null) ? { keyword: 'type', params: { type: [...new Set(types.flat())] } } : null
}

/** A literal complains about the type and the value; the value says it all. */
function valuesOf(errors: readonly ErrorObject[]): readonly unknown[] | null {
  const naming = errors.find(({ keyword }) => keyword === 'const' || keyword === 'enum')
  if (naming === undefined) return isJust(errors, ({ keyword, params }) => keyword === 'type' && params.type === 'null') ? [null] : null
  if (!isJust(errors, (error) => error === naming || error.keyword === 'type')) return null
  return naming.keyword === 'const' ? [naming.params.allowedValue] : (naming.params.allowedValues as unknown[])
}

function typesOf(errors: readonly ErrorObject[]): readonly string[] | null {
  return isJust(errors, ({ keyword }) => keyword === 'type') ? errors.flatMap(({ params }) => params.type as string | string[]) : null
}

function isJust(errors: readonly ErrorObject[], fits: (error: ErrorObject) => boolean): boolean {
  return errors.length > 0 && errors.every(fits)
}
