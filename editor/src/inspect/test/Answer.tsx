import type { Json } from '@sluice/flows'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { portsOfStep, type Step } from '../../doc/index.ts'
import type { StandIn } from '../../simulate/session.ts'
import { Select, TextArea, TextField } from '../../ui/index.ts'

/** What the outside is said to do with what would have left. */
export interface OutsideAnswer {
  readonly kind: 'taken' | 'answers' | 'fails'
  readonly port: string
  readonly data: string
  readonly code: string
}

export const taken: OutsideAnswer = { kind: 'taken', port: 'out', data: '{}', code: 'TIMEOUT' }

export function readAnswer({ kind, port, data, code }: OutsideAnswer): { readonly standIn: StandIn | null } | { readonly reason: string } {
  if (kind === 'taken') return { standIn: null }
  if (kind === 'fails') return { standIn: { error: { code, message: code, terminal: true } } }
  try {
    return { standIn: { port, data: JSON.parse(data) as Json } }
  } catch (thrown) {
    return { reason: thrown instanceof Error ? thrown.message : '' }
  }
}

const kinds = ['taken', 'answers', 'fails'] as const

export function Answer({
  step,
  answer,
  onChange,
  error,
}: {
  readonly step: Step
  readonly answer: OutsideAnswer
  readonly onChange: (answer: OutsideAnswer) => void
  readonly error: string | null
}) {
  const t = useT()
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const ports = portsOfStep(step, catalogue).outputs
  return (
    <>
      <Select
        label={t('simulate.step.outside')}
        value={answer.kind}
        onChange={(kind) => onChange({ ...answer, kind })}
        options={kinds.map((value) => ({ value, label: t(`simulate.step.outside.${value}`) }))}
      />
      {answer.kind === 'fails' && (
        <TextField label={t('simulate.act.code')} value={answer.code} onChange={(code) => onChange({ ...answer, code })} isCode />
      )}
      {answer.kind === 'answers' && (
        <>
          {ports.length > 1 && (
            <Select
              label={t('simulate.act.port')}
              value={answer.port}
              onChange={(port) => onChange({ ...answer, port })}
              options={ports.map(({ name, label }) => ({ value: name, label: label === undefined ? name : say(label) }))}
            />
          )}
          <TextArea
            label={t('simulate.act.data')}
            value={answer.data}
            onChange={(data) => onChange({ ...answer, data })}
            rows={5}
            isCode
            spellCheck="false"
            error={error}
          />
        </>
      )}
    </>
  )
}
