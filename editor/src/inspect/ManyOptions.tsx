import { useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../canvas/flow-editor.ts'
import { isTrigger, type Step, setCommon } from '../doc/index.ts'
import { cx, NumberField, Switch } from '../ui/index.ts'
import fields from './fields/Fields.module.css'
import styles from './Inspector.module.css'

const retryDefaults = { attempts: 3, backoff: 'exponential', delayMs: 1_000, maxDelayMs: 60_000 } as const

/** Settings that all selected steps have, whatever their types: one change for all of them, one undo. */
export function ManyOptions() {
  const t = useT()
  const { flow, catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const steps = [...selection].flatMap((ref) => doc.nodes.get(ref) ?? [])
  const acting = steps.filter((step) => {
    const type = catalogue.find(step.type)
    return type !== undefined && !isTrigger(type)
  })
  if (steps.length < 2) return null
  const all = steps.map((step) => step.id)
  const ids = acting.map((step) => step.id)
  const attempts = same(acting, (step) => step.retry?.attempts)
  const limit = same(acting, (step) => step.timeoutMs)
  return (
    <div className={cx(styles.column, styles.options)} data-testid="many-options">
      <Switch
        isSelected={steps.every((step) => step.disabled === true)}
        onChange={(off) => setCommon(flow, all, 'disabled', off ? true : undefined)}
      >
        {t('inspect.options.disabled')}
      </Switch>
      {acting.length > 0 && (
        <>
          <Switch
            isSelected={acting.every((step) => step.retry !== undefined)}
            onChange={(on) => setCommon(flow, ids, 'retry', on ? retryDefaults : undefined)}
          >
            {t('inspect.options.retry')}
          </Switch>
          {acting.every((step) => step.retry !== undefined) && (
            <NumberField
              label={t('inspect.options.attempts')}
              value={attempts ?? Number.NaN}
              minValue={1}
              maxValue={100}
              step={1}
              onChange={(count) => {
                if (Number.isFinite(count)) setCommon(flow, ids, 'retry', { ...retryDefaults, ...acting[0]?.retry, attempts: count })
              }}
            />
          )}
          <NumberField
            label={t('inspect.many.limit')}
            value={limit === undefined ? Number.NaN : limit / 1_000}
            minValue={0}
            maxValue={31_536_000}
            onChange={(seconds) => setCommon(flow, ids, 'timeoutMs', seconds > 0 ? Math.round(seconds * 1_000) : undefined)}
          />
          <p className={fields.help}>{t('inspect.options.limit.help')}</p>
        </>
      )}
    </div>
  )
}

/** What all have in common; undefined when they differ. */
function same(steps: readonly Step[], read: (step: Step) => number | undefined): number | undefined {
  const [first] = steps
  const value = first === undefined ? undefined : read(first)
  return steps.every((step) => read(step) === value) ? value : undefined
}
