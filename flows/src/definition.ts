import { type Static, Type } from 'typebox'

/** Name and version of the file format this package reads and writes. */
export const flowFormat = 'sluice/flow@1'

/** Bounds of one flow file. Each is checked where the file enters and named in the refusal. */
export const flowLimits = {
  fileBytesMax: 8 * 1024 * 1024,
  nodesMax: 10_000,
  edgesMax: 20_000,
  groupsMax: 1_000,
  notesMax: 1_000,
  nameCharsMax: 200,
  noteCharsMax: 10_000,
  coordinateMax: 10_000_000,
} as const

const closed = { additionalProperties: false } as const
const idPattern = '^[A-Za-z][A-Za-z0-9_-]{0,63}$'

export const LocalisedText = Type.Union([
  Type.String({ maxLength: flowLimits.nameCharsMax }),
  Type.Object(
    {
      en: Type.String({ maxLength: flowLimits.nameCharsMax }),
      'zh-CN': Type.String({ maxLength: flowLimits.nameCharsMax }),
    },
    closed,
  ),
])

const Coordinate = Type.Number({ minimum: -flowLimits.coordinateMax, maximum: flowLimits.coordinateMax })
export const Point = Type.Tuple([Coordinate, Coordinate])

/** How a failed attempt is repeated. Delays in milliseconds. */
export const Retry = Type.Object(
  {
    attempts: Type.Integer({ minimum: 1, maximum: 100 }),
    backoff: Type.Optional(Type.Union([Type.Literal('fixed'), Type.Literal('exponential')])),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
    maxDelayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 604_800_000 })),
    jitter: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Retry = Static<typeof Retry>

export const FlowNode = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    type: Type.String({ pattern: '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$', maxLength: 100 }),
    name: Type.Optional(LocalisedText),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    at: Type.Optional(Point),
    retry: Type.Optional(Retry),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000_000 })),
    /** How often a line may come to this step again within a loop, in one run. */
    loopLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    disabled: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type FlowNode = Static<typeof FlowNode>

/** A wire from an output port to an input port, each written `<node>.<port>`; a group may stand for the node. */
export const FlowEdge = Type.Object(
  {
    from: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}\\.[A-Za-z][A-Za-z0-9_-]{0,63}$', examples: ['mask.out'] }),
    to: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}\\.[A-Za-z][A-Za-z0-9_-]{0,63}$', examples: ['alert.in'] }),
  },
  closed,
)
export type FlowEdge = Static<typeof FlowEdge>

/** ISO 8601 duration such as `P30D` or `PT90S`. */
const Duration = Type.String({
  pattern: '^P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$',
  examples: ['P30D'],
})

/**
 * A frame on the canvas. With `cancel`, leaving it cancels what still runs inside; `timeout` limits the time from the first line
 * that enters. Wires may leave it by `<group>.error`, `.timeout` and `.cancelled`, and lead to `<group>.cancel`.
 */
export const FlowGroup = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    name: Type.Optional(LocalisedText),
    nodes: Type.Array(Type.String({ pattern: idPattern }), { maxItems: flowLimits.nodesMax }),
    at: Type.Optional(Point),
    size: Type.Optional(Point),
    color: Type.Optional(Type.String({ maxLength: 32 })),
    collapsed: Type.Optional(Type.Boolean()),
    cancel: Type.Optional(Type.Boolean()),
    timeout: Type.Optional(Duration),
    undo: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type FlowGroup = Static<typeof FlowGroup>

export const FlowNote = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    /** What it says, or what it says in each language: as names do, it may carry both. */
    text: Type.Union([
      Type.String({ maxLength: flowLimits.noteCharsMax }),
      Type.Object(
        {
          en: Type.String({ maxLength: flowLimits.noteCharsMax }),
          'zh-CN': Type.String({ maxLength: flowLimits.noteCharsMax }),
        },
        closed,
      ),
    ]),
    at: Type.Optional(Point),
    size: Type.Optional(Point),
    color: Type.Optional(Type.String({ maxLength: 32 })),
  },
  closed,
)
export type FlowNote = Static<typeof FlowNote>

export const FlowSettings = Type.Object(
  {
    dedupe: Type.Optional(Type.String({ maxLength: 2_000 })),
    concurrency: Type.Optional(
      Type.Object(
        {
          key: Type.Optional(Type.String({ maxLength: 2_000 })),
          limit: Type.Integer({ minimum: 1, maximum: 10_000 }),
          whenFull: Type.Optional(Type.Union([Type.Literal('queue'), Type.Literal('drop'), Type.Literal('replace')])),
        },
        closed,
      ),
    ),
    /** No more than `limit` starts within `per`. */
    rate: Type.Optional(
      Type.Object(
        {
          key: Type.Optional(Type.String({ maxLength: 2_000 })),
          limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
          per: Duration,
          whenFull: Type.Optional(Type.Union([Type.Literal('queue'), Type.Literal('drop')])),
        },
        closed,
      ),
    ),
    /** Starts only when no other event with the same key has come for so long; the last one counts. */
    debounce: Type.Optional(Type.Object({ key: Type.Optional(Type.String({ maxLength: 2_000 })), for: Duration }, closed)),
    timeout: Type.Optional(Duration),
    /** What goes first where work queues up. Flows that answer a withdrawal go before all others without it. */
    priority: Type.Optional(Type.Union([Type.Literal('high'), Type.Literal('normal'), Type.Literal('low')])),
    onError: Type.Optional(Type.Union([Type.Literal('incident'), Type.Literal('fail')])),
  },
  closed,
)
export type FlowSettings = Static<typeof FlowSettings>

export const FlowDefinition = Type.Object(
  {
    format: Type.Literal(flowFormat),
    key: Type.String({ pattern: '^[a-z0-9-]{1,64}$', examples: ['consent-withdrawn'] }),
    name: LocalisedText,
    description: Type.Optional(LocalisedText),
    nodes: Type.Array(FlowNode, { maxItems: flowLimits.nodesMax }),
    edges: Type.Array(FlowEdge, { maxItems: flowLimits.edgesMax }),
    groups: Type.Optional(Type.Array(FlowGroup, { maxItems: flowLimits.groupsMax })),
    notes: Type.Optional(Type.Array(FlowNote, { maxItems: flowLimits.notesMax })),
    settings: Type.Optional(FlowSettings),
    parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
)
export type FlowDefinition = Static<typeof FlowDefinition>
