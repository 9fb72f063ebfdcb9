import { type TSchema, Type } from 'typebox'

/**
 * The shapes of the outer contract that others rely on. They stay; more members may come, so nothing is closed here. The test asks a
 * running server for each and holds the answer against them.
 */
const Id = Type.String({ minLength: 1 })
const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })
const Json = Type.Unknown({ description: 'Any JSON; a value the reader may not see is { "$masked": "frozen" | "no_consent" | "policy" }' })
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()])
const oneOf = (...values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)))
const pageOf = (items: TSchema) => Type.Object({ items: Type.Array(items), next: orNull(Type.Union([Type.String(), Type.Integer()])) })

const StartedRun = Type.Object({ flow: Id, run: Id })
const Taken = Type.Object({ event: Id, runs: Type.Array(StartedRun) })
const Failure = Type.Object({ code: Id, message: Type.String() })
const Wait = Type.Object({ node: Id, kind: Id, id: Id, dueAt: orNull(Instant) })

const Run = Type.Object({
  id: Id,
  flow: Id,
  version: Count,
  state: oneOf('running', 'waiting', 'succeeded', 'failed', 'cancelled', 'incident'),
  startedAt: Instant,
  endedAt: orNull(Instant),
  event: orNull(Type.Object({ id: Id, source: Id, type: Id, subject: orNull(Type.String()), time: Type.String(), data: Json })),
  output: Json,
  waits: Type.Array(Wait),
  error: orNull(Failure),
})
const { event: _event, output: _output, ...line } = Run.properties
const RunLine = Type.Object(line)
const JournalEntry = Type.Object({
  seq: Count,
  at: Instant,
  kind: Id,
  node: orNull(Type.String()),
  port: orNull(Type.String()),
  data: Json,
  why: Json,
})

const Fix = Type.Object({ says: Type.String(), action: Id })
const Problem = Type.Object({
  code: Id,
  severity: oneOf('error', 'warning', 'info'),
  node: Type.Optional(Id),
  edge: Type.Optional(Count),
  path: Type.Optional(Type.String()),
  message: Type.String(),
  fix: Type.Optional(Fix),
})
const Proof = Type.Object({ rule: Id, holds: Type.Boolean(), path: Type.Optional(Type.Array(Id)) })
const Validation = Type.Object({ problems: Type.Array(Problem), proofs: Type.Array(Proof) })
const Published = Type.Object({ version: Count, digest: Id, problems: Type.Array(Problem) })
const Version = Type.Object({ version: Count, digest: Id, publishedAt: Instant, active: Type.Boolean() })
const SimulatedRun = Type.Object({ run: Id, flow: Id, state: Id, output: Json, error: orNull(Failure), waits: Type.Array(Type.Object({})) })
const Simulation = Type.Object({
  runs: Type.Array(SimulatedRun),
  timeline: Type.Array(Type.Intersect([Type.Object({ run: Id }), JournalEntry])),
  endedAt: Instant,
})

const Customer = Type.Object({
  id: Id,
  name: Type.String(),
  owner: orNull(Type.String()),
  fields: Type.Record(Type.String(), Json),
})
const Cell = { purpose: Id, scene: Id }
const Grid = Type.Object({ customer: Id, epoch: Count, mask: Count, grid: Type.Array(Type.Object({ ...Cell, state: Id })) })
const Grant = Type.Object({ consent: Id, epoch: Count })
const Permission = Type.Object({ allowed: Type.Boolean(), reason: Id, consent: orNull(Id), epoch: Count })
const Withdrawn = Type.Object({ withdrawal: Id, epoch: Count })
const Step = Type.Object({ name: Id, state: Id, startedAt: orNull(Instant), doneAt: orNull(Instant) })
const Withdrawal = Type.Object({
  id: Id,
  customer: Id,
  receivedAt: Instant,
  fencedAt: Instant,
  completedAt: orNull(Instant),
  state: Id,
  steps: Type.Array(Step),
  stopped: Type.Object({ runs: Count, timers: Count, messages: Count, tasks: Count }),
  escaped: Type.Array(Type.Object({})),
  receipt: orNull(Type.String()),
})

const Task = Type.Object({
  id: Id,
  run: Id,
  node: Id,
  title: Type.String(),
  form: Type.Object({}),
  shown: Json,
  shownHash: Type.String({ pattern: '^sha256:' }),
  assignee: Type.String(),
  dueAt: orNull(Instant),
  state: Id,
  actions: Type.Array(Id),
})

const AuditEntry = Type.Object({ seq: Count, at: Instant, kind: Id, refs: Type.Object({}), prevHash: Id, entryHash: Id })
const Verdict = Type.Object({ ok: Type.Boolean(), checked: Count, root: orNull(Type.String()) })
const Inclusion = Type.Object({ seq: Count, treeSize: Count, root: Id, leaf: Type.String(), path: Type.Array(Id) })
const Rerun = Type.Object({ confirm: Type.Boolean(), run: Id })

/** By name, as the API description lists them. */
export const shapes = {
  Taken,
  TakenBatch: Type.Object({ items: Type.Array(Taken) }),
  Run,
  RunPage: pageOf(RunLine),
  JournalPage: pageOf(JournalEntry),
  Started: Type.Object({ run: Id }),
  StartedAndStanding: Type.Intersect([Type.Object({ run: Id }), Run]),
  Rerun,
  Validation,
  Published,
  VersionPage: pageOf(Version),
  Simulation,
  Customer,
  CustomerPage: pageOf(Customer),
  Grid,
  Grant,
  Permission,
  Withdrawn,
  Withdrawal,
  WithdrawalPage: pageOf(Withdrawal),
  Task,
  TaskPage: pageOf(Task),
  AuditPage: pageOf(AuditEntry),
  Verdict,
  Inclusion,
  Health: Type.Object({ status: Id }),
} as const

export type ShapeName = keyof typeof shapes
