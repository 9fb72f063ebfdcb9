import type { Line } from './line.ts'
import type { ReferenceRun } from './run.ts'

/** One line that waits for a place goes on: another stands there, none can come there, or all wait for one another. */
export function passMilestone(run: ReferenceRun): boolean {
  const waiting = run.lines.filter(({ doing }) => doing.kind === 'milestone').sort((left, right) => left.born - right.born)
  for (const line of waiting) {
    const step = stepOf(run, line)
    const others = run.lines.filter((other) => other !== line)
    if (others.some(({ at }) => at === step)) return goOn(run, line, 'out')
    if (!others.some(({ at }) => run.drawing.leads(at, step))) return goOn(run, line, 'missed')
  }
  const [oldest] = waiting
  const idle = run.lines.every(({ doing }) => doing.kind === 'milestone' || doing.kind === 'join' || doing.kind === 'each')
  return oldest !== undefined && idle && goOn(run, oldest, 'missed')
}

function stepOf(run: ReferenceRun, line: Line): string {
  return String(run.drawing.config(line.at).step)
}

function goOn(run: ReferenceRun, line: Line, port: string): true {
  run.leave(line, port, line.input)
  return true
}
