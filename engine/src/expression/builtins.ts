import jsonata from 'jsonata'

/** One of jsonata's own functions. */
export interface Builtin {
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown
  readonly signature?: { readonly definition: string; validate(args: readonly unknown[], context: unknown): unknown[] }
}

const names =
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split
  join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single
  reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode
  encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis clone now millis`.split(/\s+/)

interface Environment {
  lookup(name: string): Builtin | undefined
}

/**
 * jsonata's functions are not exported, but its debugger hook hands out the environment that holds them. Using them in compiled
 * expressions makes signatures, results and errors the same by construction. The hook runs before the first `await` inside
 * `evaluate`, so the functions are there when the call returns; a test checks that none is missing after an update.
 */
function takeBuiltins(): ReadonlyMap<string, Builtin> {
  const found = new Map<string, Builtin>()
  const probe = jsonata('1')
  const onEntry = (_expression: unknown, _input: unknown, environment: Environment) => {
    for (const name of names) {
      const builtin = environment.lookup(name)
      if (builtin !== undefined) found.set(name, builtin)
    }
  }
  probe.assign(Symbol.for('jsonata.__evaluate_entry') as unknown as string, onEntry)
  void probe.evaluate(null)
  return found
}

const builtins = takeBuiltins()

export const builtinNames: ReadonlySet<string> = new Set(names)

export function findBuiltin(name: string): Builtin | undefined {
  return builtins.get(name)
}
