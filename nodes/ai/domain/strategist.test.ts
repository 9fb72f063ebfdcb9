import { expect, test } from 'vitest'
import { scenes } from '../../consent/index.ts'
import { type Knowledge, signals } from './facts.ts'
import { messagesFor, readAnswer } from './model-answer.ts'
import { plays } from './plays.ts'
import { strategise } from './strategist.ts'

const known = { model: 'Aurora L', budget: 320_000, current_car: 'City E', competitor: 'Vento GT' }

const knowledge = (over: Partial<Knowledge> = {}): Knowledge => ({
  customer: 'c-1',
  facts: known,
  usableIn: Object.fromEntries(Object.keys(known).map((name) => [name, scenes])),
  promptable: Object.keys(known),
  scenes,
  withheld: [],
  epoch: 3,
  ...over,
})

test('every signal has a play when everything is granted and known', () => {
  for (const signal of signals) expect(strategise(knowledge(), signal).actions.length, signal).toBeGreaterThan(0)
})

test('no action uses a scene without its grant', () => {
  for (const signal of signals) {
    const granted = ['aftersales_care', 'test_drive'] as const
    const { actions } = strategise(knowledge({ scenes: granted }), signal)
    expect(actions.every((action) => granted.some((scene) => scene === action.scene))).toBe(true)
  }
})

test('without the competitor scene no sentence speaks of a competitor', () => {
  const text = JSON.stringify(strategise(knowledge({ scenes: scenes.filter((it) => it !== 'competitor_compare') }), 'competitor'))
  expect(text).not.toContain('Vento GT')
})

test('a strategy names the scenes its occasion is about and that are not granted', () => {
  const scenesLeft = scenes.filter((it) => it !== 'competitor_compare')
  expect(strategise(knowledge({ scenes: scenesLeft }), 'competitor').risks).toEqual([
    {
      en: 'Not granted: Competitor comparison. Say nothing of it before the customer agrees.',
      'zh-CN': '未获授权：竞品对比。客户同意之前请勿涉及。',
    },
  ])
  expect(strategise(knowledge(), 'competitor').risks).toEqual([])
})

test('a play whose fact is missing is left out instead of leaving a hole', () => {
  const text = JSON.stringify(strategise(knowledge({ facts: {} }), 'price_objection'))
  expect(text).not.toMatch(/\{[a-z_]+\}/)
  expect(strategise(knowledge({ facts: {} }), 'price_objection').actions).toEqual([])
})

test('a fact of one scene is not used in another, by rules or by a model', () => {
  const only = knowledge({ usableIn: { model: ['test_drive'], budget: ['quote_push'], current_car: [], competitor: [] } })
  for (const signal of signals)
    for (const action of strategise(only, signal).actions)
      for (const name of action.factRefs) expect(only.usableIn[name], `${action.type} uses ${name}`).toContain(action.scene)
  expect(readAnswer(answer(), only)).toEqual({ faults: ['/actions/0/factRefs: names a fact that this scene may not use'] })
})

test('a model is told no fact that must stay in the house', () => {
  const told = JSON.stringify(messagesFor(knowledge({ promptable: ['model'] }), 'stalled', 'plan'))
  expect(told).toContain('Aurora L')
  expect(told).not.toContain('320000')
  expect(readAnswer(answer(), knowledge({ promptable: [] }))).toEqual({ faults: ['/actions/0/factRefs: names a fact that was not given'] })
})

test('with nothing granted the strategist asks a person and does nothing', () => {
  const { actions, askHuman } = strategise(knowledge({ scenes: [], facts: {} }), 'churn_risk')
  expect(actions).toEqual([])
  expect(askHuman[0]?.en).toMatch(/do nothing/)
})

test('the same facts give the same strategy', () => {
  expect(strategise(knowledge(), 'churn_risk')).toEqual(strategise(knowledge(), 'churn_risk'))
})

test('play ids are unique and every slot is declared as a need', () => {
  expect(new Set(plays.map((it) => it.id)).size).toBe(plays.length)
  for (const it of plays)
    for (const text of [it.en, it.zh]) for (const [, slot] of text.matchAll(/\{([a-z_]+)\}/g)) expect(it.needs, it.id).toContain(slot)
})

const words = { en: 'a', 'zh-CN': '甲' }
const answer = (over: object = {}) =>
  JSON.stringify({
    situation: words,
    goal: words,
    actions: [{ type: 't', channel: 'call', scene: 'quote_push', within: 'P1D', text: words, factRefs: ['model'] }],
    ...over,
  })

test('a model’s answer in the agreed shape is read, fenced or not', () => {
  expect(readAnswer(answer(), knowledge())).toHaveProperty('draft')
  expect(readAnswer(`\`\`\`json\n${answer()}\n\`\`\``, knowledge())).toHaveProperty('draft')
})

test('an answer that uses an ungranted scene, an unknown fact or the wrong type is refused by path', () => {
  const action = { type: 't', channel: 'call', scene: 'quote_push', within: 'P1D', text: words, factRefs: [] }
  const ungranted = readAnswer(answer(), knowledge({ scenes: ['test_drive'] }))
  expect(ungranted).toEqual({ faults: ['/actions/0/scene: not granted'] })
  expect(readAnswer(answer({ actions: [{ ...action, factRefs: ['income'] }] }), knowledge())).toEqual({
    faults: ['/actions/0/factRefs: names a fact that was not given'],
  })
  expect(readAnswer(answer({ goal: 7 }), knowledge())).toEqual({ faults: ['/goal: needs en and zh-CN'] })
  expect(readAnswer('I think…', knowledge())).toEqual({ faults: ['/: not a JSON object'] })
})
