import { diffFlows, type MergeConflict, type Side } from '@sluice/flows'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { translate, useSay, useT } from '../../app/i18n/index.ts'
import { useSettingWords } from '../../app/names/use-setting-words.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { changesOf } from '../../diff/changes.ts'
import { Button, Dialog, RadioGroup, Spinner } from '../../ui/index.ts'
import { ChangeList } from '../flow-diff/ChangeList.tsx'
import { fieldTitle } from '../flow-diff/field-title.ts'
import { type Choices, previewUpgrade, upgradeCopy } from '../templates/template-api.ts'
import styles from './Dialogs.module.css'

/** What a newer version of the template would change in this copy; what both changed is asked, then the merged draft is stored. */
export function UpgradeDialog({ flowKey, onClose }: { readonly flowKey: string; readonly onClose: () => void }) {
  const t = useT()
  const { saving } = useFlowEditor()
  const client = useQueryClient()
  const [choices, setChoices] = useState<Choices>({})
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    // The server merges what is stored: what is still on its way goes first.
    void (saving?.flush() ?? Promise.resolve()).then(() => setSaved(true))
  }, [saving])
  const preview = useQuery({
    queryKey: ['flow-template', flowKey, 'upgrade', choices],
    enabled: isSaved,
    gcTime: 0,
    queryFn: () => previewUpgrade(flowKey, choices),
    placeholderData: (before) => before,
  })
  const upgrade = useAct((seen: string) => upgradeCopy(flowKey, seen, choices), {
    done: ({ to }) => translate('template.done', { to }),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: ['flow-template', flowKey] })
      onClose()
      // The editor owns its document from the moment it opened: it opens anew with the merged one.
      location.reload()
    },
  })
  const { data } = preview
  const open = data === undefined ? [] : data.conflicts.filter(({ path }) => choices[path] === undefined)
  const changes = data === undefined ? [] : changesOf(data.ours, data.flow, diffFlows(data.ours, data.flow))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('template.title', { to: data?.to ?? 0 })}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isPending={upgrade.isPending}
            isDisabled={data === undefined || open.length > 0 || preview.isPlaceholderData}
            onPress={() => data !== undefined && upgrade.mutate(data.shown)}
          >
            {t('template.submit')}
          </Button>
        </>
      }
    >
      {preview.isError ? (
        <QueryProblem error={preview.error} onRetry={() => void preview.refetch()} />
      ) : data === undefined ? (
        <Spinner size={16} />
      ) : (
        <div className={styles.stack} data-testid="upgrade">
          <p className={styles.quiet}>{t('template.lead')}</p>
          {data.note !== '' && <p>{t('template.note', { note: data.note })}</p>}
          {data.conflicts.length > 0 && (
            <section className={styles.stack}>
              <p className={styles.warn}>{t('template.conflicts', { count: data.conflicts.length })}</p>
              {data.conflicts.map((conflict) => (
                <ConflictChoice
                  key={conflict.path}
                  conflict={conflict}
                  value={choices[conflict.path] ?? null}
                  onChange={(side) => setChoices({ ...choices, [conflict.path]: side })}
                />
              ))}
            </section>
          )}
          <section>
            <h3 className={styles.head}>{t('template.changes')}</h3>
            {changes.length === 0 ? (
              <p className={styles.quiet}>{t('template.none')}</p>
            ) : (
              <ChangeList
                changes={changes}
                file={{ ...data.flow, nodes: [...data.flow.nodes, ...data.ours.nodes] }}
                chosen={null}
                onChoose={() => undefined}
              />
            )}
          </section>
        </div>
      )}
    </Dialog>
  )
}

function ConflictChoice({
  conflict,
  value,
  onChange,
}: {
  readonly conflict: MergeConflict
  readonly value: Side | null
  readonly onChange: (side: Side) => void
}) {
  const t = useT()
  const say = useSay()
  const valueWords = useSettingWords()
  const { catalogue } = useFlowEditor()
  const [, area, id = '', ...rest] = conflict.path.split('/')
  const step = useFlow((state) => (area === 'nodes' ? state.doc.nodes.get(id) : undefined))
  const field = rest.length === 0 ? '' : fieldTitle(`/${rest.join('/')}`, step?.type ?? null, t, say)
  const about = [step === undefined ? conflict.path : titleOf(step, catalogue, say), ...(field === '' ? [] : [field])].join(' › ')
  return (
    <div data-conflict={conflict.path}>
      <RadioGroup<Side>
        label={about}
        value={value}
        onChange={onChange}
        isRequired
        options={[
          { value: 'ours', label: t('template.ours'), help: valueWords(conflict.ours) ?? t('template.gone') },
          { value: 'theirs', label: t('template.theirs'), help: valueWords(conflict.theirs) ?? t('template.gone') },
        ]}
      />
    </div>
  )
}
