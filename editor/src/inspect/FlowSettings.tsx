import { say as pick, type Text, writeFlow } from '@sluice/flows'
import { useLanguageStore, useT } from '../app/i18n/index.ts'
import { downloadFlow } from '../canvas/clipboard-io.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { setDescription, setFlowName, setSettings, toFile } from '../doc/index.ts'
import { Button, NumberField, Select, Switch, TextArea, TextField } from '../ui/index.ts'
import { ExpressionField } from './fields/ExpressionField.tsx'
import fields from './fields/Fields.module.css'
import { DurationWidget } from './fields/plain.tsx'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'
import { mark, sourceOf } from './modes.ts'
import { StartLimits } from './StartLimits.tsx'
import { readField } from './schema/read-schema.ts'

const limitField = readField('timeout', { type: 'string', 'x-ui': 'duration' }, false)

function inBoth(text: Text | undefined, language: 'en' | 'zh-CN'): string {
  return text === undefined ? '' : pick(text, language)
}

/** What holds for the whole flow. Shown while nothing is selected. */
export function FlowSettings() {
  const t = useT()
  const editor = useFlowEditor()
  const { flow } = editor
  const head = useFlow((state) => state.doc.head)
  const steps = useFlow((state) => state.doc.nodes.size)
  const wires = useFlow((state) => state.doc.edges.size)
  const isDisabled = !useView((view) => view.canEdit)
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const settings = head.settings ?? {}
  const rename = (language: 'en' | 'zh-CN', text: string) =>
    setFlowName(flow, { en: inBoth(head.name, 'en'), 'zh-CN': inBoth(head.name, 'zh-CN'), [language]: text })
  const { concurrency } = settings
  return (
    <>
      <InspectorHead help={t('canvas.settings.facts', { steps, wires })}>
        <h3 className={styles.title}>{t('canvas.settings.title')}</h3>
      </InspectorHead>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo entry. */}
      <div className={styles.body} onBlur={() => flow.seal()}>
        <div className={styles.options}>
          <TextField
            label={t('canvas.settings.name.en')}
            value={inBoth(head.name, 'en')}
            onChange={(text) => rename('en', text)}
            isDisabled={isDisabled}
            maxLength={200}
          />
          <TextField
            label={t('canvas.settings.name.zh')}
            value={inBoth(head.name, 'zh-CN')}
            onChange={(text) => rename('zh-CN', text)}
            isDisabled={isDisabled}
            maxLength={200}
          />
          <TextArea
            label={t('canvas.settings.description')}
            value={inBoth(head.description, language)}
            onChange={(text) => setDescription(flow, text === '' ? undefined : describe(head.description, text, language))}
            isDisabled={isDisabled}
            rows={2}
            maxLength={200}
          />
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
              <ExpressionField
                id="flow-concurrency"
                placeholder="event.subject"
                label={t('canvas.settings.concurrency.key')}
                source={sourceOf(concurrency.key)}
                isDisabled={isDisabled}
                onChange={(source) => setSettings(flow, 'concurrency', { ...concurrency, key: mark(source) })}
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
              <Select
                label={t('canvas.settings.concurrency.when-full')}
                isDisabled={isDisabled}
                value={concurrency.whenFull ?? 'queue'}
                onChange={(whenFull) => setSettings(flow, 'concurrency', { ...concurrency, whenFull })}
                options={(['queue', 'drop', 'replace'] as const).map((value) => ({
                  value,
                  label: t(`canvas.settings.when-full.${value}`),
                }))}
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
          <dl className={styles.facts}>
            <dt>{t('canvas.settings.key')}</dt>
            <dd>
              <code>{head.key}</code>
            </dd>
          </dl>
          <Button size="small" onPress={() => downloadFlow(editor, writeFlow(toFile(flow.getState().doc)))}>
            {t('canvas.settings.export')}
          </Button>
        </div>
      </div>
    </>
  )
}

/** A description that carries both languages keeps the one that is not on screen. */
function describe(before: Text | undefined, text: string, language: 'en' | 'zh-CN'): Text {
  if (typeof before !== 'object') return text
  return { en: before.en, 'zh-CN': before['zh-CN'], [language]: text }
}
