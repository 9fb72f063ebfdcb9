import { type Result, slaMs } from './story.ts'

const titles: { readonly [step: string]: string } = {
  fence: 'fence up',
  stop_runs: 'runs and timers stopped',
  crm_freeze: 'fields frozen, read back',
  marketing_stop: 'queued marketing cancelled',
  rep_alert: 'rep alerted',
  strategy: 'strategy regenerated',
  receipt: 'receipt signed',
}

/** Lines for the person who started it; the last one is the verdict. */
export function reportLines(result: Result): string[] {
  const row = (name: string, p50: string, p99: string, max: string) =>
    `  ${name.padEnd(28)}${p50.padStart(9)}${p99.padStart(9)}${max.padStart(9)}`
  const ms = (value: number) => `${Math.round(value)} ms`
  const passed = isPassed(result)
  return [
    '',
    row('from receipt until …', 'p50', 'p99', 'worst'),
    ...Object.entries(result.steps).map(([step, it]) => row(titles[step] ?? step, ms(it.p50), ms(it.p99), ms(it.max))),
    row('(answer to the channel)', ms(result.answers.p50), ms(result.answers.p99), ms(result.answers.max)),
    '',
    ...result.faults.slice(0, 20).map((fault) => `  ✗ ${fault}`),
    ...(result.faults.length > 20 ? [`  … and ${result.faults.length - 20} more`] : []),
    passed
      ? `PASSED: ${result.withdrawals} withdrawals, the slowest complete after ${ms(result.worstMs)} of ${slaMs / 1_000} s allowed.`
      : `FAILED: ${result.faults.length} faults, the slowest step after ${ms(result.worstMs)} of ${slaMs / 1_000} s allowed.`,
  ]
}

export function isPassed({ faults, worstMs }: Result): boolean {
  return faults.length === 0 && worstMs <= slaMs
}
