import type { Random } from '../simulation/random.ts'
import type { Around, Drawer, Piece } from './grammar.ts'

type Draw = (drawer: Drawer, name: string, around: Around) => Piece

const inner = (around: Around): Around => ({ ...around, depth: around.depth + 1 })

function single(id: string, ...ports: readonly string[]): Piece {
  return { entry: id, exits: ports.map((port) => `${id}.${port}`) }
}

/** What is sharp takes just as long as it says. */
function sharp({ isSharp }: Drawer) {
  return isSharp ? { exact: true } : {}
}

function retryOf(random: Random) {
  return {
    attempts: random.between(2, 4),
    delayMs: random.between(200, 900),
    maxDelayMs: 3_000,
    backoff: random.pick(['fixed', 'exponential'] as const),
    jitter: false,
  }
}

/** Now and then a step can be undone: by one or two steps, which may fail. */
function undoable(drawer: Drawer, piece: Piece): Piece {
  const { entry } = piece
  const random = drawer.random(`${entry} undo`)
  if (drawer.isUndoing || !random.chance(0.25) || drawer.isCut(`${entry}u`)) return piece
  const kinds = drawer.confluent ? ([act, write, wait, fold] as const) : ([act, write, wait, fold, failing] as const)
  drawer.undoing(() => {
    const first = random.pick(kinds)(drawer, `${entry}u`)
    drawer.wire([`${entry}.undo`], first.entry)
    if (random.chance(0.3)) drawer.wire(first.exits, random.pick(kinds)(drawer, `${entry}v`).entry)
  })
  return piece
}

/** Fails until somebody skips it, or runs it again. */
function stuck(drawer: Drawer, name: string): Piece {
  const say = { salt: 8, ms: drawer.random(name).between(10, 2_000), fails: 1, terminal: true }
  return undoable(drawer, single(drawer.node(name, 'test.act', { say }), 'out'))
}

function fold(drawer: Drawer, name: string): Piece {
  return undoable(drawer, single(drawer.node(name, 'ref.fold', { salt: drawer.random(name).between(1, 900) }), 'out'))
}

function act(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const retry = random.chance(0.4) ? retryOf(random) : null
  const fails = retry === null ? 0 : random.between(0, retry.attempts - 1)
  const say = { salt: random.between(1, 900), ms: drawer.ms(random, 10, 4_000), fails, terminal: false, ...sharp(drawer) }
  const limit = !drawer.confluent && random.chance(0.25) ? { timeoutMs: drawer.ms(random, 500, 4_500) } : {}
  return undoable(drawer, single(drawer.node(name, 'test.act', { say }, { ...(retry === null ? {} : { retry }), ...limit }), 'out'))
}

/** An act that fails for good, or is tried too seldom; who takes the failure is a matter of chance. */
function failing(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const terminal = random.chance(0.5)
  const say = { salt: 1, ms: drawer.ms(random, 10, 3_000), fails: random.pick([1, 2, 9]), terminal, ...sharp(drawer) }
  const retry = random.chance(0.5) ? { retry: retryOf(random) } : {}
  const id = drawer.node(name, 'test.act', { say }, retry)
  return undoable(drawer, single(id, 'out', ...(random.chance(0.4) ? ['error'] : [])))
}

/** The same with both ways out drawn: one line in, one line out. */
function rescue(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const say = { salt: 1, ms: random.between(10, 3_000), fails: random.pick([0, 9]), terminal: true }
  return single(drawer.node(name, 'test.act', { say }), 'out', 'error')
}

function write(drawer: Drawer, name: string): Piece {
  const retry = { attempts: 9, delayMs: 10, maxDelayMs: 10, backoff: 'fixed', jitter: false } as const
  return undoable(drawer, single(drawer.node(name, 'ref.write', {}, { retry }), 'out'))
}

function wait(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const limit = !drawer.confluent && random.chance(0.15) ? { timeoutMs: random.between(500, 3_000) } : {}
  return undoable(drawer, single(drawer.node(name, 'ref.wait', { ms: random.between(10, 5_000) }, limit), 'out'))
}

function event(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const type = `news-${random.between(1, 2)}`
  if (!drawer.eventTypes.includes(type)) drawer.eventTypes.push(type)
  const timeout = random.chance(0.8) ? { timeoutMs: random.between(500, 9_000) } : {}
  const buffered = random.chance(0.3) ? { buffered: true } : {}
  if ('buffered' in buffered) drawer.kinds.add('buffered')
  return single(drawer.node(name, 'ref.wait-event', { type, key: 'k', match: '{% "k" %}', ...timeout, ...buffered }), 'out', 'timeout')
}

function task(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const action = drawer.confluent || random.chance(0.8) ? random.pick(['approve', 'reject'] as const) : null
  const due = !drawer.confluent && random.chance(0.5) ? { dueMs: drawer.ms(random, 500, 6_000, 250) } : {}
  const id = drawer.node(name, 'ref.task', { action, afterMs: drawer.ms(random, 100, 5_000, 250), ...due })
  return undoable(drawer, single(id, 'approve', 'reject', 'expired'))
}

function parallel(drawer: Drawer, name: string, around: Around): Piece {
  const random = drawer.random(name)
  const fork = drawer.node(name, 'ref.fold', { salt: 2 })
  const count = random.between(2, 3)
  const branches = Array.from({ length: count }, (_, index) => `${name}_${index}`)
    .filter((branch, index) => index < 1 || !drawer.isCut(`${branch}.`))
    .map((branch) => drawer.sequence(branch, { ...inner(around), alone: false }))
  for (const { entry } of branches) drawer.wire([fork], entry)
  const open = branches.flatMap(({ exits }) => exits)
  if (!drawer.confluent && random.chance(around.alone ? 0.15 : 0.35)) {
    if (around.alone) return { entry: fork, exits: open }
    // Within another fork its lines go through the same step one by one, and meet at that one's join.
    const same = drawer.node(`${name}s`, 'ref.fold', { salt: 9 })
    drawer.wire(open, same)
    return { entry: fork, exits: [`${same}.out`] }
  }
  const modes = drawer.confluent
    ? { mode: 'all' }
    : {
        mode: random.pick(['all', 'all', 'first', 'n']),
        n: random.between(1, branches.length),
        cancelRest: random.chance(0.4),
        ...(random.chance(0.3) ? { timeout: `PT${random.between(1, 6)}S` } : {}),
      }
  const join = drawer.node(`${name}j`, 'test.join', modes)
  // A branch may come to nothing: the join must not wait for it.
  const dead = !drawer.confluent && random.chance(0.2) ? random.between(1, branches.length) : 0
  branches.forEach(({ exits }, index) => {
    if (index === dead - 1 && branches.length > 1) return
    drawer.wire(exits, join)
  })
  return { entry: fork, exits: [`${join}.out`, ...('timeout' in modes ? [`${join}.timeout`] : [])] }
}

function choice(drawer: Drawer, name: string, around: Around): Piece {
  const id = drawer.node(name, 'ref.choose', { ports: ['a', 'b'] })
  const ways = ['a', 'b'].map((port) => {
    const way = drawer.sequence(`${name}${port}`, inner(around))
    drawer.wire([`${id}.${port}`], way.entry)
    return way
  })
  return { entry: id, exits: [...ways.flatMap(({ exits }) => exits), `${id}.none`] }
}

function loop(drawer: Drawer, name: string, around: Around): Piece {
  const body = drawer.sequence(`${name}i`, inner(around))
  const again = drawer.node(name, 'ref.choose', { ports: ['a', 'b'] })
  drawer.wire(body.exits, again)
  // The body may begin at what a wire must not lead back to, so the way back has a step of its own.
  const back = drawer.node(`${name}r`, 'ref.fold', { salt: 4 })
  const random = drawer.random(`${name} rounds`)
  const limit = !drawer.confluent && random.chance(around.inItem ? 0.7 : 0.4) ? { loopLimit: random.between(1, 3) } : {}
  if ('loopLimit' in limit) drawer.kinds.add('loop limit')
  const entry = drawer.node(`${name}e`, 'ref.fold', { salt: 5 }, limit)
  drawer.wire([entry], body.entry)
  drawer.wire([`${again}.a`], back)
  drawer.wire([back], entry)
  return { entry, exits: [`${again}.b`, `${again}.none`] }
}

function race(drawer: Drawer, name: string, around: Around): Piece {
  const random = drawer.random(name)
  const id = drawer.node(name, 'test.race')
  const firsts = [wait, event, task, act, failing] as const
  const exits: string[] = []
  for (let index = 0; index < random.between(2, 3); index++) {
    const branch = random.pick(firsts)(drawer, `${name}_${index}`)
    drawer.wire([id], branch.entry)
    if (random.chance(0.4)) {
      const more = drawer.sequence(`${name}_${index}m`, inner(around))
      drawer.wire(branch.exits, more.entry)
      exits.push(...more.exits)
    } else exits.push(...branch.exits)
  }
  return { entry: id, exits }
}

function each(drawer: Drawer, name: string, around: Around): Piece {
  const random = drawer.random(name)
  const count = random.between(0, 4)
  const group = `${name}g`
  const reviewed = !drawer.confluent && random.chance(0.4)
  const stopAfter = random.between(1, 3)
  const stop = reviewed ? { reviewed, stopAfter, finish: random.chance(0.4), stop: `{% vars.done >= ${stopAfter} %}` } : {}
  // The list becomes longer as items are done.
  const grow = reviewed && drawer.random(`${name} grows`).chance(0.5) ? random.between(1, 3) : 0
  if (grow > 0) drawer.kinds.add('grows')
  const items =
    grow === 0 ? { count } : { count: `{% $exists(vars.done) ? ${count} + $min([vars.done, ${grow}]) : ${count} %}`, base: count, grow }
  const config = { group, ...items, concurrency: random.between(1, 3), collect: !drawer.confluent && random.chance(0.5), ...stop }
  const id = drawer.node(name, 'ref.each', config)
  drawer.group(group, {}, () => drawer.sequence(`${name}i`, { ...inner(around), inItem: true, alone: true }))
  return single(id, 'out', ...(reviewed ? ['stopped'] : []), ...(!drawer.confluent && random.chance(0.4) ? ['error'] : []))
}

function group(drawer: Drawer, name: string, around: Around): Piece {
  const random = drawer.random(name)
  const id = `${name}g`
  const timed = random.chance(0.5)
  const options = {
    ...(random.chance(0.4) ? { cancel: true } : {}),
    ...(timed ? { timeout: `PT${random.between(1, 8)}S` } : {}),
    ...(drawer.random(`${name} undoes`).chance(0.5) ? { undo: true } : {}),
  }
  const body = drawer.group(id, options, () => {
    // More than one step, so that the group and one within it are never the same.
    const first = fold(drawer, `${name}f`)
    const rest = drawer.sequence(`${name}i`, inner(around))
    drawer.wire(first.exits, rest.entry)
    return { entry: first.entry, exits: rest.exits }
  })
  const exits = [...body.exits]
  if (random.chance(0.6)) exits.push(`${id}.error`)
  if (timed && random.chance(0.7)) exits.push(`${id}.timeout`)
  if (!random.chance(0.4)) return { entry: body.entry, exits }
  // Beside it another line that ends the group when it comes to its end.
  const fork = drawer.node(name, 'ref.fold', { salt: 6 })
  const other = random.pick([wait, event, act])(drawer, `${name}c`)
  drawer.wire([fork], body.entry)
  drawer.wire([fork], other.entry)
  for (const exit of other.exits) drawer.builder.wire(exit, `${id}.cancel`)
  return { entry: fork, exits: [...exits, `${id}.cancelled`] }
}

/** A group that several lines come into one after the other, and that undoes what they did when it ends: again and again. */
function crowd(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const id = `${name}g`
  const options = {
    undo: true,
    ...(random.chance(0.3) ? { cancel: true } : {}),
    ...(random.chance(0.7) ? { timeout: `PT${random.between(1, 5)}S` } : {}),
  }
  const fork = drawer.node(name, 'ref.fold', { salt: 10 })
  const last = drawer.group(id, options, () => {
    const first = drawer.node(`${name}f`, 'ref.fold', { salt: 11 })
    const work = random.pick([act, wait])(drawer, `${name}w`)
    const say = { salt: 13, ms: drawer.ms(random, 10, 2_500), fails: random.pick([0, 1, 1]), terminal: true, ...sharp(drawer) }
    const end = drawer.node(`${name}l`, 'test.act', { say })
    drawer.wire([first], work.entry)
    drawer.wire(work.exits, end)
    return single(end, 'out')
  })
  drawer.undoing(() => drawer.wire([`${name}f.undo`], random.pick([act, wait])(drawer, `${name}fu`).entry))
  drawer.wire([fork], `${name}f`)
  for (let index = 0; index < random.between(1, 2); index++) {
    const late = random.pick([wait, act])(drawer, `${name}_${index}`)
    drawer.wire([fork], late.entry)
    drawer.wire(late.exits, `${name}f`)
  }
  const exits = [...last.exits, `${id}.error`]
  if (options.timeout !== undefined && random.chance(0.6)) exits.push(`${id}.timeout`)
  if (random.chance(0.3)) {
    const cut = random.pick([wait, event])(drawer, `${name}c`)
    drawer.wire([fork], cut.entry)
    for (const exit of cut.exits) drawer.builder.wire(exit, `${id}.cancel`)
    exits.push(`${id}.cancelled`)
  }
  return { entry: fork, exits }
}

function call(drawer: Drawer, name: string, around: Around): Piece {
  const key = `f${name}`
  drawer.subFlow(key, around)
  const id = drawer.node(name, 'test.call', { flow: key })
  return single(id, 'out', ...(drawer.random(name).chance(0.5) ? ['error'] : []))
}

/** Starts runs nobody waits for: one, or one more beside it. */
function send(drawer: Drawer, name: string, around: Around): Piece {
  const key = `s${name}`
  drawer.subFlow(key, around, false)
  const random = drawer.random(name)
  const first = drawer.node(name, 'ref.send', { flow: key, salt: random.between(1, 900) })
  if (!random.chance(0.6)) return single(first, 'out')
  const next = drawer.node(`${name}b`, 'ref.send', { flow: key, salt: random.between(1, 900) })
  drawer.wire([`${first}.out`], next)
  return { entry: first, exits: [`${next}.out`] }
}

function lock(drawer: Drawer, name: string, around: Around): Piece {
  const random = drawer.random(name)
  const limit = drawer.random('lock limit').between(1, 2)
  const timeout = !drawer.confluent && random.chance(0.4) ? { timeoutMs: random.between(300, 4_000) } : {}
  const id = drawer.node(name, 'test.lock', { key: 'k', limit, ...timeout })
  const body = drawer.sequence(`${name}i`, { ...inner(around), inLock: true, held: true })
  const unlock = drawer.node(`${name}u`, 'test.unlock')
  drawer.wire([id], body.entry)
  drawer.wire(body.exits, unlock)
  return { entry: id, exits: [`${unlock}.out`, ...('timeoutMs' in timeout ? [`${id}.timeout`] : [])] }
}

/** One line goes on only while another one is at a place. */
function milestone(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const fork = drawer.node(name, 'ref.fold', { salt: 7 })
  const place = wait(drawer, `${name}p`)
  const before = wait(drawer, `${name}b`)
  const other = wait(drawer, `${name}o`)
  const gate = drawer.node(`${name}m`, 'test.milestone', { step: place.entry })
  const join = drawer.node(`${name}j`, 'test.join', { mode: random.pick(['all', 'first']) })
  drawer.wire([fork], before.entry)
  drawer.wire([fork], other.entry)
  drawer.wire(before.exits, place.entry)
  drawer.wire(other.exits, gate)
  drawer.wire([...place.exits, `${gate}.out`, `${gate}.missed`], join)
  return { entry: fork, exits: [`${join}.out`] }
}

function stop(drawer: Drawer, name: string): Piece {
  const random = drawer.random(name)
  const choose = drawer.node(name, 'ref.choose', { ports: ['a', 'b'] })
  const end = drawer.node(`${name}s`, random.pick(['test.stop', 'test.fail-run']), { output: 'stopped' })
  drawer.wire([`${choose}.a`], end)
  return single(choose, 'b', 'none')
}

export const blocks = {
  fold,
  act,
  failing,
  rescue,
  write,
  wait,
  event,
  task,
  parallel,
  choice,
  loop,
  race,
  each,
  group,
  crowd,
  call,
  send,
  lock,
  milestone,
  stop,
  stuck,
} satisfies Readonly<Record<string, Draw>>

export type BlockKind = keyof typeof blocks
