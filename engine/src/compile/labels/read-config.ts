import type { ConfigPart, ConfigPlan } from '../../expression/index.ts'
import { changed, joinLabels, type Label, quoted, written } from './label.ts'
import { computed, readExpression, type Sight } from './read-expression.ts'
import { empty, joinValues, object, opaque, type Value } from './value.ts'

const constant = opaque(written)

/** The values of a step's settings, field by field. */
export function readConfig({ root, slots }: ConfigPlan, sight: Sight): Value {
  if (slots.length === 0) return constant
  const bySlot = new Map(slots.map((slot) => [slot.id, slot.expression.ast]))
  const slotted = (id: string): Value => {
    const ast = bySlot.get(id)
    return ast === undefined ? empty : readExpression(ast, sight)
  }
  return readPart(root, slotted)
}

function readPart(part: ConfigPart, slotted: (id: string) => Value): Value {
  switch (part.kind) {
    case 'fixed':
      return constant
    case 'expression':
      return slotted(part.slot)
    case 'template':
      return opaque(
        textLabel(
          part.template.texts,
          part.slots.map((id) => slotted(id).whole),
        ),
      )
    case 'list':
      return computed(part.items.map((item) => readPart(item, slotted)).reduce(joinValues, constant))
    case 'object':
      return object(part.entries.map(([key, below]) => [key, readPart(below, slotted)] as const))
  }
}

/** Data in the slots of a sentence that the author wrote is quoted; a text that is nothing but data speaks for itself. */
function textLabel(texts: readonly string[], holes: readonly Label[]): Label {
  const label = changed(holes.reduce(joinLabels, written))
  return texts.some((text) => /[\p{L}\p{N}]{2}/u.test(text)) ? quoted(label) : label
}
