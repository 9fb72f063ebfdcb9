import type { FlowDefinition, Json } from '@sluice/flows'
import type { CalledFlow } from '@sluice/nodes/simulate/messages'
import { api, type CalendarView, type FlowSummary, isProblem, type Page, ProblemError, queryClient } from '../../app/api/index.ts'
import { translate } from '../../app/i18n/index.ts'

/** What the server would look up for a simulation: flows that the draft calls, and the working calendars of the workspace. */
export interface Context {
  readonly called: readonly CalledFlow[]
  readonly calendars: readonly Json[]
}

const calledMax = 100
/** Somebody may publish meanwhile; what plays again and again asks no more often than this. */
const freshMs = 60_000

export async function contextOf(file: FlowDefinition): Promise<Context> {
  const [called, calendars] = await Promise.all([calledFrom(file), ownCalendars(file)])
  return { called, calendars }
}

/** Every flow that may be called, however deep, in the order in which they are met. */
async function calledFrom(file: FlowDefinition): Promise<readonly CalledFlow[]> {
  const found = new Map<string, CalledFlow | null>()
  let open = callsIn(file)
  while (open.length > 0 && found.size < calledMax) {
    const keys = [...new Set(open)].filter((key) => key !== file.key && !found.has(key)).slice(0, calledMax - found.size)
    const flows = await Promise.all(keys.map(calledFlow))
    keys.forEach((key, index) => {
      found.set(key, flows[index] ?? null)
    })
    open = flows.flatMap((flow) => (flow === null ? [] : callsIn(flow.file)))
  }
  return [...found.values()].filter((flow) => flow !== null)
}

/** A name that an expression makes is only known when it runs; the server does not look it up either. */
function callsIn({ nodes }: FlowDefinition): readonly string[] {
  return nodes.flatMap(({ type, config }) => {
    const flow = type === 'core.call' ? config?.flow : undefined
    return typeof flow === 'string' && flow !== '' && !flow.includes('{%') ? [flow] : []
  })
}

function calledFlow(key: string): Promise<CalledFlow | null> {
  return remembered(['simulate', 'called', key], () => readCalled(key)).catch((problem: unknown) => {
    if (!isSilence(problem)) throw problem
    throw new ProblemError(0, { code: 'SLU_NETWORK', detail: translate('simulate.refused.called', { flow: key }) })
  })
}

/** As it would be found now: the version that new runs take, else the draft. The list is asked first, as it answers for flows that are not there, too. */
async function readCalled(key: string): Promise<CalledFlow | null> {
  const at = `/flows/${encodeURIComponent(key)}`
  const { items } = await api.get<Page<FlowSummary>>('/flows', { query: key, limit: 200 })
  const listed = items.find((item) => item.key === key)
  if (listed === undefined) return null
  const { active } = listed
  return { file: await api.get<FlowDefinition>(active === null ? at : `${at}/versions/${active}`), version: active }
}

/** Those that ship are in the packs. Without a network a flow that names none goes on without them. */
async function ownCalendars(file: FlowDefinition): Promise<readonly Json[]> {
  try {
    return await remembered(['simulate', 'calendars'], async () => {
      const { items } = await api.get<Page<CalendarView>>('/calendars', { limit: 200 })
      return items.filter(({ shipped }) => !shipped).map(asSaved)
    })
  } catch (problem) {
    if (!isSilence(problem) || JSON.stringify(file.nodes).includes('"calendar"')) throw problem
    return []
  }
}

function asSaved({ id, label, timeZone, weekdays, hours, holidays, shifted }: CalendarView): Json {
  return { id, label, timeZone, weekdays, hours, holidays, shifted } as unknown as Json
}

/** Once read it serves for as long as the page is open, when the server says nothing. */
async function remembered<Value>(queryKey: readonly string[], queryFn: () => Promise<Value>): Promise<Value> {
  const known = queryClient.getQueryData<Value>(queryKey)
  if (known !== undefined && !navigator.onLine) return known
  try {
    return await queryClient.fetchQuery({
      queryKey,
      queryFn,
      staleTime: freshMs,
      gcTime: Number.POSITIVE_INFINITY,
      retry: false,
      networkMode: 'always',
    })
  } catch (problem) {
    if (known !== undefined && isSilence(problem)) return known
    throw problem
  }
}

function isSilence(problem: unknown): boolean {
  return isProblem(problem) && (problem.status === 0 || problem.status >= 502)
}
