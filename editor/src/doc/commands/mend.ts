import type { Fix, Problem } from '@sluice/flows'
import { type Catalogue, configOf, portsOfStep } from '../catalogue.ts'
import { bestInput, defaultConfig } from '../compat.ts'
import type { Draft } from '../draft.ts'
import type { FlowStore } from '../flow-store.ts'
import { idFromType } from '../ids.ts'
import { label } from '../label.ts'
import type { Step } from '../model.ts'
import { boxOf, freePlace, sizeOf, sizes } from '../shape.ts'
import { splice } from './splice.ts'

/** What a problem of a step offers, done as one change that can be undone. Gives the step to look at next; null when nothing fits. */
export function mend(store: FlowStore, catalogue: Catalogue, problem: Problem, fix: Fix): string | null {
  const { doc } = store.getState()
  const node = problem.node ?? ''
  const step = doc.nodes.get(node)
  if (step === undefined) return null
  let next: string | null = null
  store.change(label('repair'), (draft) => {
    switch (fix.action) {
      case 'insert-veto':
        next = insertVeto(draft, catalogue, step)
        return
      case 'insert-review':
        next = insertReview(draft, catalogue, step)
        return
      case 'insert-mask':
        next = insertMask(draft, catalogue, step, problem, fix)
        return
      case 'ask-consent':
        for (const key of ['purpose', 'scene']) draft.set('nodes', node, ['config', key], dataOf(fix)[key])
        next = node
        return
      case 'join-first':
        draft.set('nodes', node, ['type'], 'core.join')
        draft.set('nodes', node, ['config'], { ...defaultConfig('core.join', catalogue), mode: 'first', cancelRest: true })
        next = node
        return
      case 'add-exit': {
        // A question on the wire that closes the circle: what it asks only the analyst knows.
        const back = [...draft.edges.values()][problem.way?.edges.at(-1) ?? -1]
        if (back === undefined) return
        const branch = bareStep(draft, catalogue, 'core.branch', {}, step, sizes.width + sizes.gapX)
        draft.insert('nodes', branch)
        splice(draft, catalogue, back.id, branch.id)
        draft.selection = new Set([branch.id])
        next = branch.id
        return
      }
      case 'end-here':
        next = addBehind(draft, catalogue, step, freePort(draft, catalogue, step), 'core.stop', {})
        return
      case 'add-row': {
        const { rows, outputs } = configOf(step)
        const give = (Array.isArray(outputs) ? outputs : []).map((column) => (typeOf(column) === 'text' ? '' : null))
        draft.set('nodes', node, ['config', 'rows'], [...(Array.isArray(rows) ? rows : []), { when: dataOf(fix).when, give }])
        next = node
        return
      }
      case 'add-alert': {
        const text = 'Nobody reacted in time. 无人及时处理。'
        next = addBehind(draft, catalogue, step, String(dataOf(fix).port ?? 'expired'), 'notify.rep', { text })
        return
      }
      default:
    }
  })
  return next
}

/** What a column of a table gives; one that does not say gives texts. */
function typeOf(column: unknown): unknown {
  return (typeof column === 'object' && column !== null && 'type' in column && column.type) || 'text'
}

function dataOf(fix: Fix): Readonly<Record<string, unknown>> {
  return typeof fix.data === 'object' && fix.data !== null ? (fix.data as Record<string, unknown>) : {}
}

/** The veto decides about exactly what the money step is about to pay, and the money step pays exactly what was approved. */
function insertVeto(draft: Draft, catalogue: Catalogue, step: Step): string {
  const config = configOf(step)
  const fields = ['customer', 'amount', 'currency']
  const parts = fields.map((field) => `"${field}": ${sourceOf(config[field], field === 'customer' ? 'event.subject' : 'null')}`)
  const veto = insertBefore(
    draft,
    catalogue,
    step,
    'approvals.veto',
    { value: `{% {${parts.join(', ')}} %}`, approver: 'role:director' },
    'approved',
  )
  for (const field of fields) draft.set('nodes', step.id, ['config', field], `{% nodes.${veto}.value.${field} %}`)
  draft.set('nodes', step.id, ['config', 'receipt'], `{% nodes.${veto}.receipt %}`)
  return veto
}

function insertReview(draft: Draft, catalogue: Catalogue, step: Step): string {
  const text = configOf(step).text
  const show = shownText(text)
  const config = { title: { en: 'Please check the text', 'zh-CN': '请核对内容' }, assignee: 'role:manager', due: 'P1D', ...show }
  return insertBefore(draft, catalogue, step, 'approvals.task', config, 'approve')
}

/** What the message will say; in both languages where it is written in both. */
function shownText(text: unknown): { readonly show?: string } {
  if (typeof text === 'string') return { show: `{% {"text": ${sentenceSource(text)}} %}` }
  if (typeof text !== 'object' || text === null) return {}
  const parts = Object.entries(text).filter((part): part is [string, string] => typeof part[1] === 'string')
  return { show: `{% {${parts.map(([language, one]) => `"${language}": ${sentenceSource(one)}`).join(', ')}} %}` }
}

/** Behind the step that reads the data, so that everything on the way sees the masked copy; what read around it is led through it. */
function insertMask(draft: Draft, catalogue: Catalogue, step: Step, problem: Problem, fix: Fix): string {
  const { source, fields } = dataOf(fix)
  const [edge] = problem.way?.edges ?? []
  const wires = [...draft.edges.values()]
  const wire = (edge === undefined ? undefined : wires[edge]) ?? wires.find(({ to }) => to.node === step.id)
  const mask = bareStep(draft, catalogue, 'masking.mask-fields', { fields })
  draft.insert('nodes', mask)
  if (wire !== undefined) splice(draft, catalogue, wire.id, mask.id)
  const from = draft.nodes.get(String(source))
  const isTrigger = from !== undefined && portsOfStep(from, catalogue).inputs.length === 0
  const onTheWay = new Set([...(problem.way?.nodes ?? []).slice(1), step.id])
  for (const id of onTheWay) {
    const config = draft.nodes.get(id)?.config
    if (config === undefined) continue
    const led = mapTexts(config, (text) => {
      const named = text.replaceAll(new RegExp(`\\bnodes\\.${String(source)}\\b`, 'g'), `nodes.${mask.id}`)
      return isTrigger ? named.replaceAll(/\bevent\.data\b/g, `nodes.${mask.id}`) : named
    })
    if (JSON.stringify(led) !== JSON.stringify(config)) draft.set('nodes', id, ['config'], led)
  }
  return mask.id
}

/** Every wire into the step leads into the new one, and one wire on. */
function insertBefore(
  draft: Draft,
  catalogue: Catalogue,
  step: Step,
  type: string,
  config: Readonly<Record<string, unknown>>,
  port: string,
): string {
  const added = bareStep(draft, catalogue, type, config, step)
  draft.insert('nodes', added)
  const [first, ...others] = [...draft.edges.values()].filter(({ to }) => to.node === step.id)
  if (first !== undefined) splice(draft, catalogue, first.id, added.id)
  const input = bestInput(added, catalogue)
  for (const wire of others) {
    draft.disconnect(wire.id)
    if (input !== null) draft.connect(wire.from, { node: added.id, port: input })
  }
  const isWired = [...draft.edges.values()].some(({ from, to }) => from.node === added.id && to.node === step.id)
  if (!isWired) draft.connect({ node: added.id, port }, { node: step.id, port: 'in' })
  draft.selection = new Set([added.id])
  return added.id
}

function addBehind(
  draft: Draft,
  catalogue: Catalogue,
  step: Step,
  port: string | null,
  type: string,
  config: Readonly<Record<string, unknown>>,
): string | null {
  if (port === null) return null
  const added = bareStep(draft, catalogue, type, config, step, sizes.width + sizes.gapX)
  const input = bestInput(added, catalogue)
  if (input === null) return null
  draft.insert('nodes', added)
  draft.connect({ node: step.id, port }, { node: added.id, port: input })
  draft.selection = new Set([added.id])
  return added.id
}

function bareStep(
  draft: Draft,
  catalogue: Catalogue,
  type: string,
  config: Readonly<Record<string, unknown>>,
  beside?: Step,
  right = 0,
): Step {
  const id = draft.freshNodeId(idFromType(type))
  const bare: Step = { id, type, config: { ...defaultConfig(type, catalogue), ...config } }
  const taken = [...draft.nodes.values()].map((step) => boxOf(step, catalogue))
  const box = beside === undefined ? { x: 0, y: 0 } : boxOf(beside, catalogue)
  const place = freePlace({ x: box.x + right, y: box.y }, sizeOf(bare, catalogue), taken)
  return { ...bare, at: [place.x, place.y] }
}

function freePort(draft: Draft, catalogue: Catalogue, step: Step): string | null {
  const wired = new Set([...draft.edges.values()].filter(({ from }) => from.node === step.id).map(({ from }) => from.port))
  return portsOfStep(step, catalogue).outputs.find(({ name }) => !wired.has(name))?.name ?? null
}

/** A setting as a part of an expression. */
function sourceOf(value: unknown, empty: string): string {
  if (value === undefined || value === '' || value === null) return empty
  if (typeof value !== 'string') return JSON.stringify(value)
  const marked = /^\s*\{%([\s\S]*)%\}\s*$/.exec(value)
  return marked === null ? JSON.stringify(value) : `(${(marked[1] ?? '').trim()})`
}

/** A template as an expression: what the person sees is what would be sent. */
function sentenceSource(text: string): string {
  const marked = /^\s*\{%([\s\S]*)%\}\s*$/.exec(text)
  if (marked !== null) return (marked[1] ?? '').trim()
  const parts = text.split(/\{\{([\s\S]*?)\}\}/)
  const said = parts
    .map((part, at) => (at % 2 === 0 ? (part === '' ? '' : JSON.stringify(part)) : `(${part.trim()})`))
    .filter((part) => part !== '')
  return said.length === 0 ? '""' : said.join(' & ')
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}
