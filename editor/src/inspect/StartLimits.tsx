import type { FlowSettings } from '@sluice/flows'
import { useT } from '../app/i18n/index.ts'
import { useFlowEditor } from '../canvas/flow-editor.ts'
import { setSettings } from '../doc/index.ts'
import { NumberField, Switch } from '../ui/index.ts'
import fields from './fields/Fields.module.css'
import { DurationWidget } from './fields/plain.tsx'
import { LimitKey, WhenFull } from './LimitFields.tsx'
import { mark } from './modes.ts'
import { readField } from './schema/read-schema.ts'

const lengthField = readField('for', { type: 'string', 'x-ui': 'duration' }, false)

/** How often and how soon runs may start: the rate of a flow and its quiet time. */
export function StartLimits({ settings, isDisabled }: { readonly settings: FlowSettings; readonly isDisabled: boolean }) {
  const t = useT()
  const { flow } = useFlowEditor()
  const { rate, debounce } = settings
  return (
    <>
      <Switch
        isSelected={rate !== undefined}
        isDisabled={isDisabled}
        onChange={(isOn) => setSettings(flow, 'rate', isOn ? { limit: 10, per: 'PT1M', whenFull: 'queue' } : undefined)}
      >
        {t('canvas.settings.rate')}
      </Switch>
      {rate !== undefined && (
        <div className={fields.card}>
          <LimitKey name="rate" setting={rate} isDisabled={isDisabled} onChange={(next) => setSettings(flow, 'rate', next)} />
          <NumberField
            label={t('canvas.settings.rate.limit')}
            value={rate.limit}
            minValue={1}
            maxValue={1_000}
            step={1}
            isDisabled={isDisabled}
            onChange={(limit) => setSettings(flow, 'rate', { ...rate, limit })}
          />
          <div className={fields.field}>
            <span className={fields.label}>{t('canvas.settings.rate.per')}</span>
            <DurationWidget
              field={lengthField}
              id="flow-rate-per"
              value={rate.per}
              siblings={{}}
              isDisabled={isDisabled}
              onChange={(per) => typeof per === 'string' && setSettings(flow, 'rate', { ...rate, per })}
            />
          </div>
          <WhenFull
            value={rate.whenFull ?? 'queue'}
            choices={['queue', 'drop']}
            isDisabled={isDisabled}
            onChange={(whenFull) => setSettings(flow, 'rate', { ...rate, whenFull })}
          />
        </div>
      )}
      <Switch
        isSelected={debounce !== undefined}
        isDisabled={isDisabled}
        onChange={(isOn) => setSettings(flow, 'debounce', isOn ? { key: mark('event.subject'), for: 'PT1M' } : undefined)}
      >
        {t('canvas.settings.debounce')}
      </Switch>
      {debounce !== undefined && (
        <div className={fields.card}>
          <LimitKey name="debounce" setting={debounce} isDisabled={isDisabled} onChange={(next) => setSettings(flow, 'debounce', next)} />
          <div className={fields.field}>
            <span className={fields.label}>{t('canvas.settings.debounce.for')}</span>
            <DurationWidget
              field={lengthField}
              id="flow-debounce-for"
              value={debounce.for}
              siblings={{}}
              isDisabled={isDisabled}
              onChange={(length) => typeof length === 'string' && setSettings(flow, 'debounce', { ...debounce, for: length })}
            />
          </div>
          <p className={fields.help}>{t('canvas.settings.debounce.help')}</p>
        </div>
      )}
    </>
  )
}
