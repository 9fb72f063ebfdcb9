import { type ConfigPart, type ConfigPlan, slotOf } from '../../expression/config-plan.ts'
import { changed, joinLabels, type Label, quoted, written } from './label.ts'
import { computed, readExpression, type Sight } from './read-expression.ts'
import { empty, joinValues, object, opaque, type Value } from './value.ts'

const constant = opaque(written)

/** The values of a step's settings, field by field. */
export function readConfig(plan: ConfigPlan, sight: Sight): Value {
  return plan.slots.length === 0 ? constant : readPart(plan.root, plan, sight)
}

function readSlot(id: string, plan: ConfigPlan, sight: Sight): Value {
  const slot = slotOf(plan, id)
  return slot === undefined ? empty : readExpression(slot.expression.ast, sight)
}

function readPart(part: ConfigPart, plan: ConfigPlan, sight: Sight): Value {
  switch (part.kind) {
    case 'fixed':
      return constant
    case 'expression':
      return readSlot(part.slot, plan, sight)
    case 'template':
      return opaque(
        textLabel(
          part.template.texts,
          part.slots.map((id) => readSlot(id, plan, sight).whole),
        ),
      )
    case 'list':
      return computed(part.items.map((item) => readPart(item, plan, sight)).reduce(joinValues, constant))
    case 'object': {
      const members = new Map<string, Value>()
      for (const [key, below] of part.entries) members.set(key, readPart(below, plan, sight))
      return object(members)
    }
  }
}

/** Data in the slots of a sentence that the author wrote is quoted; a text that is nothing but data speaks for itself. */
function textLabel(texts: readonly string[], holes: readonly Label[]): Label {
  const label = changed(holes.reduce(joinLabels, written))
  return texts.some((text) => /[\p{L}\p{N}]{2}/u.test(text)) ? quoted(label) : label
}
