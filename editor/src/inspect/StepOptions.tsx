import { useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { isTrigger, setLoopLimit, setRetry, setTimeLimit, standsInLoop, toggleDisabled } from '../doc/index.ts'
import { NumberField, Select, Switch } from '../ui/index.ts'
import fields from './fields/Fields.module.css'
import { DurationWidget } from './fields/plain.tsx'
import styles from './Inspector.module.css'
import { readField } from './schema/read-schema.ts'

const retryDefaults = { attempts: 3, backoff: 'exponential', delayMs: 1_000, maxDelayMs: 60_000 } as const
const limitField = readField('timeoutMs', { type: 'string', 'x-ui': 'duration' }, false)

/** What happens when the step fails, takes too long, or is switched off. */
export function StepOptions({ step: id }: { readonly step: string }) {
  const t = useT()
  const { flow, catalogue } = useFlowEditor()
  const step = useFlow((state) => state.doc.nodes.get(id))
  const loops = useFlow((state) => standsInLoop(state.doc, id))
  const canEdit = useView((view) => view.canEdit)
  if (step === undefined) return null
  const node = catalogue.find(step.type)
  const { retry } = step
  const set = (change: Partial<NonNullable<typeof retry>>) => setRetry(flow, id, { ...retryDefaults, ...retry, ...change })
  const limit = step.timeoutMs === undefined ? undefined : `PT${step.timeoutMs / 1_000}S`
  return (
    <div className={styles.options}>
      <Switch isSelected={step.disabled === true} isDisabled={!canEdit} onChange={() => toggleDisabled(flow, [id])}>
        {t('inspect.options.disabled')}
      </Switch>
      {node !== undefined && !isTrigger(node) && (
        <>
          <Switch
            isSelected={retry !== undefined}
            isDisabled={!canEdit}
            onChange={(isOn) => setRetry(flow, id, isOn ? retryDefaults : undefined)}
          >
            {t('inspect.options.retry')}
          </Switch>
          {retry !== undefined && (
            <div className={fields.card}>
              <NumberField
                label={t('inspect.options.attempts')}
                value={retry.attempts}
                minValue={1}
                maxValue={100}
                step={1}
                isDisabled={!canEdit}
                onChange={(attempts) => set({ attempts })}
              />
              <Select
                label={t('inspect.options.backoff')}
                isDisabled={!canEdit}
                value={retry.backoff ?? 'fixed'}
                onChange={(backoff) => set({ backoff })}
                options={(['fixed', 'exponential'] as const).map((value) => ({ value, label: t(`inspect.options.backoff.${value}`) }))}
              />
              <NumberField
                label={t('inspect.options.delay')}
                value={(retry.delayMs ?? 1_000) / 1_000}
                minValue={0}
                maxValue={86_400}
                formatOptions={{ maximumFractionDigits: 3 }}
                isDisabled={!canEdit}
                onChange={(seconds) => set({ delayMs: Math.round(seconds * 1_000) })}
              />
              {retry.backoff === 'exponential' && (
                <NumberField
                  label={t('inspect.options.max-delay')}
                  value={(retry.maxDelayMs ?? 60_000) / 1_000}
                  minValue={0}
                  maxValue={604_800}
                  isDisabled={!canEdit}
                  onChange={(seconds) => set({ maxDelayMs: Math.round(seconds * 1_000) })}
                />
              )}
            </div>
          )}
          <div className={fields.field}>
            <label className={fields.label} htmlFor={`limit-${id}`}>
              {t('inspect.options.limit')}
            </label>
            <DurationWidget
              field={limitField}
              id={`limit-${id}`}
              value={limit}
              siblings={{}}
              isDisabled={!canEdit}
              onChange={(text) => setTimeLimit(flow, id, milliseconds(text))}
            />
            <p className={fields.help}>{t('inspect.options.limit.help')}</p>
          </div>
          {(loops || step.loopLimit !== undefined) && (
            <div className={fields.field}>
              <NumberField
                label={t('inspect.options.rounds')}
                value={step.loopLimit ?? Number.NaN}
                minValue={1}
                maxValue={100_000}
                step={1}
                isDisabled={!canEdit}
                onChange={(rounds) => setLoopLimit(flow, id, rounds > 0 ? rounds : undefined)}
              />
              <p className={fields.help}>{t('inspect.options.rounds.help')}</p>
            </div>
          )}
        </>
      )}
      <dl className={styles.facts}>
        <dt>{t('inspect.options.id')}</dt>
        <dd>
          <code>{id}</code>
        </dd>
        <dt>{t('inspect.options.type')}</dt>
        <dd>
          <code>{step.type}</code>
        </dd>
      </dl>
    </div>
  )
}

const unitMs = { S: 1_000, M: 60_000, H: 3_600_000, D: 86_400_000, W: 604_800_000 } as const

/** The time limit is stored in milliseconds; the widget speaks ISO 8601 of one part. */
function milliseconds(text: unknown): number | undefined {
  const match = /^PT?(\d+(?:\.\d+)?)([SMHDW])$/.exec(String(text ?? ''))
  const unit = match?.[2] as keyof typeof unitMs | undefined
  if (match === null || unit === undefined) return undefined
  const value = Math.round(Number(match[1]) * unitMs[unit])
  return value > 0 ? value : undefined
}
