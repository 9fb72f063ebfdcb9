import { useSay, useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { type GroupChange, renameGroup, setGroup } from '../doc/index.ts'
import { Switch, TextField } from '../ui/index.ts'
import fields from './fields/Fields.module.css'
import { DurationWidget } from './fields/plain.tsx'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'
import { readField } from './schema/read-schema.ts'

const limitField = readField('timeout', { type: 'string', 'x-ui': 'duration' }, false)

/** A frame: its name, and what it does with the lines inside when one leaves, when time is up, when something fails. */
export function GroupInspector({ group: id }: { readonly group: string }) {
  const t = useT()
  const say = useSay()
  const { flow } = useFlowEditor()
  const group = useFlow((state) => state.doc.groups.get(id))
  const isDisabled = !useView((view) => view.canEdit)
  if (group === undefined) return null
  const set = (change: GroupChange) => setGroup(flow, id, change)
  return (
    <>
      <InspectorHead help={t('inspect.group.facts', { steps: group.nodes.length })}>
        <h3 className={styles.title}>{t('inspect.group.title')}</h3>
      </InspectorHead>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo entry. */}
      <div className={styles.body} onBlur={() => flow.seal()}>
        <div className={styles.options} data-testid="group-options">
          <TextField
            label={t('inspect.group.name')}
            value={group.name === undefined ? '' : say(group.name)}
            onChange={(name) => renameGroup(flow, id, name)}
            isDisabled={isDisabled}
            maxLength={200}
          />
          <Switch isSelected={group.cancel === true} isDisabled={isDisabled} onChange={(on) => set({ cancel: on ? true : undefined })}>
            {t('inspect.group.cancel')}
          </Switch>
          <p className={fields.help}>{t('inspect.group.cancel.help')}</p>
          <Switch isSelected={group.undo === true} isDisabled={isDisabled} onChange={(on) => set({ undo: on ? true : undefined })}>
            {t('inspect.group.undo')}
          </Switch>
          <p className={fields.help}>{t('inspect.group.undo.help')}</p>
          <div className={fields.field}>
            <label className={fields.label} htmlFor={`group-limit-${id}`}>
              {t('inspect.group.timeout')}
            </label>
            <DurationWidget
              field={limitField}
              id={`group-limit-${id}`}
              value={group.timeout}
              siblings={{}}
              isDisabled={isDisabled}
              onChange={(text) => set({ timeout: typeof text === 'string' && text !== '' ? text : undefined })}
            />
            <p className={fields.help}>{t('inspect.group.timeout.help')}</p>
          </div>
        </div>
      </div>
    </>
  )
}
