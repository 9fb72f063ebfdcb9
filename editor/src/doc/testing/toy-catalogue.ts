import type { AnyNode } from '@sluice/sdk'
import { Type } from 'typebox'
import { makeCatalogue } from '../catalogue.ts'

function toy(type: string, ports: readonly string[], extra: Partial<AnyNode> = {}): AnyNode {
  return {
    type,
    version: 1,
    label: { en: type, 'zh-CN': type },
    summary: type,
    category: 'flow',
    silhouette: 'action',
    icon: 'box',
    config: Type.Object({ text: Type.Optional(Type.String({ default: 'hello' })) }),
    ports: ports.map((name) => ({ name, label: name })),
    effect: 'none',
    ...extra,
  } as AnyNode
}

/** A few step types that are enough to draw any flow shape. */
export const toyCatalogue = makeCatalogue([
  toy('toy.start', ['out'], { behaviour: 'trigger', input: false, silhouette: 'trigger' }),
  toy('toy.step', ['out']),
  toy('toy.fork', ['true', 'false'], { silhouette: 'decision' }),
  toy('toy.end', []),
  toy('toy.text', ['out'], { ports: [{ name: 'out', label: 'out', schema: Type.String() }] }),
  toy('toy.number', ['out'], { input: Type.Number() }),
  toy('toy.model', ['out'], { labels: { origin: 'model' } }),
  toy('toy.pay', ['out'], { labels: { money: true } }),
])
