import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Play, Random, randomFlow } from '../testing/index.ts'
import { apply, applyAll } from './apply.ts'
import { decide } from './decide.ts'
import { digestRun } from './digest-run.ts'
import type { RunState, Token } from './run.ts'

const runs = 150

/** Does something random to a random token, or to the run; refusals are part of the game. */
function act(play: Play, random: Random): void {
  const tokens = Object.values(play.run?.tokens ?? {})
  if (tokens.length === 0) return
  const { id: token, attempt, wait, state } = random.pick(tokens)
  const what = random.next()
  const [group] = Object.values(play.run?.regions ?? {})
  if (group !== undefined && what < 0.1) {
    play.now = Math.max(play.now, group.dueAt)
    play.ask({ kind: 'timer.fire', timerId: group.timerId })
  } else if (wait !== null && 'timerId' in wait && wait.timerId !== null && what < 0.5) {
    play.now = Math.max(play.now, wait.dueAt ?? 0)
    play.ask({ kind: 'timer.fire', timerId: wait.timerId })
  } else if (wait?.kind === 'task')
    play.ask({ kind: 'task.answer', taskId: wait.taskId, action: random.pick(['out', 'alt']), data: 1, by: 'u' })
  else if (state === 'incident') play.ask({ kind: 'run.retry', by: null })
  else if (what < 0.6)
    play.ask({
      kind: 'node.complete',
      token,
      attempt,
      port: random.pick(['out', 'out', 'alt', 'none']),
      data: { n: random.between(1, 9) },
      why: null,
    })
  else if (what < 0.7) play.ask({ kind: 'node.fail', token, attempt, error: { code: 'X', message: 'x', terminal: random.chance(0.5) } })
  else if (what < 0.8)
    play.ask({ kind: 'node.wait', token, attempt, why: null, wait: { kind: 'timer', dueAt: play.now + 100, port: 'out', data: null } })
  else if (what < 0.9)
    play.ask({
      kind: 'node.wait',
      token,
      attempt,
      why: null,
      wait: { kind: 'task', taskId: `k${token}`, actions: ['out', 'alt'], dueAt: play.now + 500 },
    })
  else play.ask({ kind: 'node.complete', token, attempt: attempt + 1, port: 'out', data: null, why: null })
}

function eachStep(seed: number, look: (play: Play, before: RunState | null) => void, steps = 40): Play {
  const random = new Random(seed)
  const play = new Play(randomFlow(random))
  play.start({ seed })
  look(play, null)
  for (let step = 0; step < steps && play.run?.endedAt === null; step++) {
    const before = play.run
    act(play, random)
    look(play, before)
  }
  return play
}

function forAll(look: (play: Play, before: RunState | null) => void): void {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      eachStep(seed, look)
    }),
    { numRuns: runs },
  )
}

test('what was decided, folded entry by entry, gives the state the decision ended in', () => {
  forAll((play, before) => {
    // Decisions that run into a bound hold thousands of entries; folding them one by one proves nothing more.
    if (play.decision?.accepted !== true || play.run === null || play.decision.entries.length > 200) return
    let folded = before
    for (const entry of play.decision.entries) folded = apply(play.flow, folded, entry)
    expect(folded && digestRun(folded)).toBe(digestRun(play.run))
    expect(digestRun(applyAll(play.flow, before, play.decision.entries))).toBe(digestRun(play.run))
  })
})

test('a state that was handed out never changes afterwards', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const seen: { readonly state: RunState; readonly digest: string }[] = []
      eachStep(seed, ({ run }) => {
        if (run !== null) seen.push({ state: run, digest: digestRun(run) })
      })
      for (const { state, digest } of seen) expect(digestRun(state)).toBe(digest)
    }),
    { numRuns: 100 },
  )
})

test('a frozen state is decided on without trouble: decide writes into nothing it was given', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = new Random(seed)
      const play = new Play(randomFlow(random))
      play.start()
      for (let step = 0; step < 20 && play.run?.endedAt === null; step++) {
        deepFreeze(play.run)
        deepFreeze(play.flow)
        act(play, random)
      }
    }),
    { numRuns: 100 },
  )
})

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const member of Object.values(value)) deepFreeze(member)
}

test('the same command on the same state is decided the same', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      eachStep(seed, ({ flow, run, now }) => {
        const [token] = Object.values(run?.tokens ?? {})
        if (run === null || token === undefined) return
        const command = {
          kind: 'node.complete',
          at: now,
          token: token.id,
          attempt: token.attempt,
          port: 'out',
          data: 1,
          why: null,
        } as const
        expect(decide(flow, run, command)).toEqual(decide(flow, run, command))
      })
    }),
    { numRuns: 100 },
  )
})

test('scopes count what lives in them, and no scope or name is left over', () => {
  forAll(({ run }) => {
    if (run === null) return
    const tokens = Object.values(run.tokens)
    for (const { id, live } of Object.values(run.scopes)) {
      if (id === 's0') continue
      const inside =
        tokens.filter(({ scope }) => scope === id).length + Object.values(run.scopes).filter(({ parent }) => parent === id).length
      expect(live).toBe(inside)
      expect(inside).toBeGreaterThan(0)
    }
    for (const { id, scope } of tokens) {
      expect(run.scopes[scope]).toBeDefined()
      expect(Number(id.slice(1))).toBeLessThan(run.next.token)
    }
  })
})

test('a run is in exactly one state: ended without tokens, or alive with tokens that tell which', () => {
  forAll(({ run }) => {
    if (run === null) return
    const states = Object.values(run.tokens).map(({ state }) => state)
    if (run.endedAt !== null) expect([states.length, ['succeeded', 'failed', 'cancelled'].includes(run.status)]).toEqual([0, true])
    else expect(run.status).toBe(states.includes('ready') ? 'running' : states.includes('incident') ? 'incident' : 'waiting')
    expect(run.endedAt !== null || states.length > 0).toBe(true)
  })
})

test('whatever was drawn, a run ends once every step that is asked to goes nowhere: no join waits for ever', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const play = eachStep(seed, () => {}, 25)
      for (let turn = 0; turn < 100_000 && play.run?.endedAt === null; turn++) finishOne(play)
      expect(play.run?.endedAt).not.toBeNull()
    }),
    { numRuns: runs },
  )
})

function finishOne(play: Play): void {
  const tokens = Object.values(play.run?.tokens ?? {})
  const movable = tokens.find(({ wait }: Token) => wait?.kind !== 'join')
  // Only joins are left: none of them may need its time limit.
  if (movable === undefined) throw new Error(`nothing moves: ${play.places().join(', ')}`)
  const { id: token, attempt, wait, state } = movable
  if (state === 'incident') play.ask({ kind: 'run.retry', by: null })
  else if (wait?.kind === 'retry') {
    play.now = wait.dueAt
    play.ask({ kind: 'timer.fire', timerId: wait.timerId })
  } else play.ask({ kind: 'node.complete', token, attempt, port: 'nowhere', data: null, why: null })
}
