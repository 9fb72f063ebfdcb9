import { useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { setSettings } from '../doc/index.ts'
import { NumberField, Select, Switch } from '../ui/index.ts'
import { ExpressionField } from './fields/ExpressionField.tsx'
import fields from './fields/Fields.module.css'
import { DurationWidget } from './fields/plain.tsx'
import { LimitKey, WhenFull } from './LimitFields.tsx'
import { mark, sourceOf } from './modes.ts'
import { StartLimits } from './StartLimits.tsx'
import { readField } from './schema/read-schema.ts'

const limitField = readField('timeout', { type: 'string', 'x-ui': 'duration' }, false)

/** When runs of the flow start, how many at a time, how long they may take, and what happens when a step fails. */
export function FlowRules() {
  const t = useT()
  const { flow } = useFlowEditor()
  const settings = useFlow((state) => state.doc.head.settings) ?? {}
  const isDisabled = !useView((view) => view.canEdit)
  const { concurrency } = settings
  return (
    <>
      <div className={fields.field}>
        <span className={fields.label}>{t('canvas.settings.timeout')}</span>
        <DurationWidget
          field={limitField}
          id="flow-timeout"
          value={settings.timeout}
          siblings={{}}
          isDisabled={isDisabled}
          onChange={(value) => setSettings(flow, 'timeout', value as string | undefined)}
        />
      </div>
      <Select
        label={t('canvas.settings.on-error')}
        isDisabled={isDisabled}
        value={settings.onError ?? 'incident'}
        onChange={(value) => setSettings(flow, 'onError', value)}
        options={(['incident', 'fail'] as const).map((value) => ({ value, label: t(`canvas.settings.on-error.${value}`) }))}
      />
      <div className={fields.field}>
        <span className={fields.label}>{t('canvas.settings.dedupe')}</span>
        <ExpressionField
          id="flow-dedupe"
          placeholder="event.id"
          label={t('canvas.settings.dedupe')}
          source={sourceOf(settings.dedupe)}
          isDisabled={isDisabled}
          onChange={(source) => setSettings(flow, 'dedupe', source === '' ? undefined : mark(source))}
        />
        <p className={fields.help}>{t('canvas.settings.dedupe.help')}</p>
      </div>
      <Switch
        isSelected={concurrency !== undefined}
        isDisabled={isDisabled}
        onChange={(isOn) =>
          setSettings(flow, 'concurrency', isOn ? { key: mark('event.subject'), limit: 1, whenFull: 'queue' } : undefined)
        }
      >
        {t('canvas.settings.concurrency')}
      </Switch>
      {concurrency !== undefined && (
        <div className={fields.card}>
          <LimitKey
            name="concurrency"
            setting={concurrency}
            isDisabled={isDisabled}
            onChange={(next) => setSettings(flow, 'concurrency', next)}
          />
          <NumberField
            label={t('canvas.settings.concurrency.limit')}
            value={concurrency.limit}
            minValue={1}
            maxValue={10_000}
            step={1}
            isDisabled={isDisabled}
            onChange={(limit) => setSettings(flow, 'concurrency', { ...concurrency, limit })}
          />
          <WhenFull
            value={concurrency.whenFull ?? 'queue'}
            choices={['queue', 'drop', 'replace']}
            isDisabled={isDisabled}
            onChange={(whenFull) => setSettings(flow, 'concurrency', { ...concurrency, whenFull })}
          />
        </div>
      )}
      <Select
        label={t('canvas.settings.priority')}
        isDisabled={isDisabled}
        value={settings.priority ?? 'normal'}
        onChange={(priority) => setSettings(flow, 'priority', priority === 'normal' ? undefined : priority)}
        options={(['high', 'normal', 'low'] as const).map((value) => ({ value, label: t(`canvas.settings.priority.${value}`) }))}
      />
      <p className={fields.help}>{t('canvas.settings.priority.help')}</p>
      <StartLimits settings={settings} isDisabled={isDisabled} />
    </>
  )
}
