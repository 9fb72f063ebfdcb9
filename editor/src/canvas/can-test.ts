import { type Catalogue, isTrigger, type Step } from '../doc/index.ts'

/** A trigger is tested by an event, and a frame that repeats others needs them: everything else can be tried alone. */
export function canTest(catalogue: Catalogue, step: Step | undefined): boolean {
  const node = step === undefined ? undefined : catalogue.find(step.type)
  return node !== undefined && !isTrigger(node) && node.behaviour !== 'each'
}
