import { compileFlow } from '@sluice/engine/compile'
import type { CompiledFlow } from '@sluice/engine/core'
import { type FlowDefinition, type Problem, readFlow } from '@sluice/flows'
import { Value } from 'typebox/value'
import { dataWords, nodeTypes } from '../../catalogue.ts'
import { calledBy } from '../called.ts'
import type { GivenCalendar } from '../order.ts'
import { play } from '../play.ts'
import { readSimulation, Simulation } from '../read-order.ts'
import { simulationView } from '../view.ts'
import type { CalledFlow, PlayAnswer, PlayRequest } from './messages.ts'

const placesMax = 50
/** The page reads the answer on the thread on which it draws. */
const textCharsMax = 32_000_000

/** What `POST /flows/{key}/simulate` would answer, told where nobody is asked for it. */
export async function answerHere({ flow, asked, called, calendars, now }: Omit<PlayRequest, 'id'>): Promise<PlayAnswer> {
  const wrong = placesIn(asked)
  if (wrong.length > 0) return { ok: false, why: 'unreadable', places: wrong }
  const draft = compiledDraft(flow, called)
  if ('problems' in draft) return { ok: false, why: 'problems', problems: draft.problems }
  const others = called.flatMap(({ file, version }) => (version === null ? [] : (compiled(file, version, called).compiled ?? [])))
  const order = readSimulation(asked as Simulation, draft.flow, calledBy(draft.flow, others), now)
  if (typeof order === 'string') return { ok: false, why: 'unreadable', places: [{ path: order, rule: 'format' }] }
  try {
    const result = await play({ ...order, calendars: calendars as unknown as readonly GivenCalendar[] })
    const text = textOf(simulationView(draft.flow, result))
    return text === null ? { ok: false, why: 'too-large' } : { ok: true, text }
  } catch (error) {
    return refused(error)
  }
}

/** Null: more than a page should read, or than a text may hold at all. */
function textOf(view: object): string | null {
  try {
    const text = JSON.stringify(view)
    return text.length > textCharsMax ? null : text
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Each place once, with the first rule it breaks. */
function placesIn(asked: unknown): readonly { readonly path: string; readonly rule: string }[] {
  const found = new Map<string, string>()
  for (const { instancePath, keyword } of Value.Errors(Simulation, asked)) if (!found.has(instancePath)) found.set(instancePath, keyword)
  return [...found].slice(0, placesMax).map(([path, rule]) => ({ path, rule }))
}

let last: { readonly flow: string; readonly called: string; readonly draft: ReturnType<typeof draftOf> } | null = null

/** The same draft is told again with each act of a person. */
function compiledDraft(flow: string, called: readonly CalledFlow[]): ReturnType<typeof draftOf> {
  const of = JSON.stringify(called)
  if (last?.flow !== flow || last.called !== of) last = { flow, called: of, draft: draftOf(flow, called) }
  return last.draft
}

function draftOf(text: string, called: readonly CalledFlow[]): { readonly flow: CompiledFlow } | { readonly problems: readonly Problem[] } {
  const read = readFlow(text)
  if (!read.ok) return { problems: read.problems }
  const checked = compiled(read.flow, 0, called)
  return checked.compiled === null ? { problems: checked.problems } : { flow: checked.compiled }
}

function compiled(file: FlowDefinition, version: number, called: readonly CalledFlow[]) {
  const findFlow = (key: string) => called.find((one) => one.file.key === key)?.file ?? null
  return compileFlow(file, { nodeTypes, version, words: dataWords, findFlow })
}

function refused(error: unknown): PlayAnswer {
  const { code, status, message } = error as { readonly code?: unknown; readonly status?: unknown; readonly message?: unknown }
  const said = typeof message === 'string' ? message : 'unknown'
  if (typeof code === 'string' && typeof status === 'number') return { ok: false, why: 'refused', code, status, message: said }
  return { ok: false, why: 'refused', code: 'SLU_SIMULATION_FAILED', status: 422, message: said }
}
