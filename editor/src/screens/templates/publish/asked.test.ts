import { type FlowDefinition, fillTemplate, lostPlaces } from '@sluice/flows'
import { expect, test } from 'vitest'
import { catalogue } from '../../../canvas/catalogue.ts'
import { askedOf, isHalf, parametersOf, settingsOf, toggled } from './asked.ts'

const flow: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 'source',
  name: 'Source',
  nodes: [
    { id: 'start', type: 'core.manual' },
    { id: 'pause', type: 'core.wait', name: { en: 'Pause', 'zh-CN': '等待' }, config: { for: 'P1D' } },
    { id: 'say', type: 'core.transform', config: { value: { words: 'Hello' } } },
    { id: 'own', type: 'nobody.knows', config: { 'a/b': 3, on: true } },
  ],
  edges: [],
}
const settings = settingsOf(flow, catalogue)
const at = (place: string) => {
  const found = settings.find((setting) => setting.place === place)
  if (found === undefined) throw new Error(place)
  return found
}
const asking = (...places: readonly string[]) => places.reduce((asked, place) => toggled(asked, at(place)), askedOf(flow, undefined).asked)

test('only settings that are filled in can be asked for, also of steps nobody knows', () => {
  expect(settings.map(({ place }) => place)).toEqual([
    '/nodes/pause/config/for',
    '/nodes/say/config/value',
    '/nodes/own/config/a~1b',
    '/nodes/own/config/on',
  ])
  expect(at('/nodes/own/config/a~1b').schema).toEqual({ type: 'number' })
  expect(at('/nodes/pause/config/for').step).toEqual({ en: 'Pause', 'zh-CN': '等待' })
})

test('what is asked becomes parameters that the installer can leave as they are: the flow stays what it was', () => {
  const parameters = parametersOf(asking('/nodes/pause/config/for', '/nodes/say/config/value', '/nodes/own/config/a~1b'), settings)
  const template = { ...flow, ...(parameters === undefined ? {} : { parameters }) }
  expect(lostPlaces(template)).toEqual([])
  const filled = fillTemplate(template, {})
  expect(filled).toMatchObject({ ok: true, flow: { nodes: flow.nodes } })
  const other = fillTemplate(template, { 'pause-for': 'PT2H' })
  expect(other.ok && other.flow.nodes[1]?.config).toEqual({ for: 'PT2H' })
})

test('a required question suggests nothing, and an answer must be given', () => {
  const asked = asking('/nodes/pause/config/for').map((each) => ({ ...each, isRequired: true }))
  const parameters = parametersOf(asked, settings)
  const template = { ...flow, ...(parameters === undefined ? {} : { parameters }) }
  expect(fillTemplate(template, {}).ok).toBe(false)
  expect(fillTemplate(template, { 'pause-for': 'PT1H' }).ok).toBe(true)
})

test('publishing again starts with the questions there were, says which place is gone, and suggests what the flow says now', () => {
  const parameters = {
    properties: {
      due: {
        type: 'string',
        'x-title': { en: 'Wait', 'zh-CN': '等待' },
        default: 'P9D',
        'x-at': ['/nodes/pause/config/for', '/nodes/gone/config/x'],
      },
      lost: { type: 'string', 'x-at': ['/nodes/gone/config/x'] },
    },
    required: [],
  }
  const { asked, lost } = askedOf(flow, parameters)
  expect(lost).toContain('/nodes/gone/config/x')
  expect(asked).toMatchObject([{ name: 'due', places: ['/nodes/pause/config/for'], title: { en: 'Wait', 'zh-CN': '等待' } }])
  expect(parametersOf(asked, settings)).toMatchObject({ properties: { due: { default: 'P1D' } } })
})

test('asking twice takes the question back; without questions there are no parameters', () => {
  const place = '/nodes/pause/config/for'
  expect(toggled(asking(place), at(place))).toEqual([])
  expect(parametersOf([], settings)).toBeUndefined()
})

test('words in one language only are half written', () => {
  expect(
    [
      { en: 'a', 'zh-CN': ' ' },
      { en: '', 'zh-CN': '' },
      { en: 'a', 'zh-CN': '甲' },
    ].map(isHalf),
  ).toEqual([true, false, false])
})
