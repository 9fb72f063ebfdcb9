import { CheckCircle2, FileUp } from 'lucide-react'
import { useState } from 'react'
import { DropZone } from 'react-aria-components'
import { type FieldProblem, type ImportReport, importCustomers, isProblem, type RowError } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, FileButton, Select, Spinner } from '../../ui/index.ts'
import flows from '../flows/NewFlowDialog.module.css'
import styles from './ImportDialog.module.css'
import { RowErrors } from './RowErrors.tsx'

const keys = ['id', 'mobile', 'email', 'wechat'] as const
type Key = (typeof keys)[number]

/** File → dry run with every mistake by line → import. Nothing is written before the last step. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const [file, setFile] = useState<File | null>(null)
  const [key, setKey] = useState<Key>('id')
  const [done, setDone] = useState<ImportReport | null>(null)
  const check = useAct(importCustomers, { onProblem: (problem) => isProblem(problem, 422) })
  const run = useAct(importCustomers, { refresh: [['customers']], onDone: setDone })
  const take = (chosen: File | undefined) => {
    if (chosen === undefined) return
    setFile(chosen)
    check.mutate({ file: chosen, key, dryRun: true })
  }
  const recognise = (next: Key) => {
    setKey(next)
    if (file !== null) check.mutate({ file, key: next, dryRun: true })
  }
  const report = file === null ? undefined : check.data
  const again = () => {
    setFile(null)
    check.reset()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('customers.import.title')}
      size="large"
      actions={
        done !== null ? (
          <Button tone="primary" onPress={onClose}>
            {t('app.close')}
          </Button>
        ) : (
          <>
            {file !== null && <Button onPress={again}>{t('customers.import.other')}</Button>}
            <Button
              tone="primary"
              isDisabled={report === undefined || report.valid === 0}
              isPending={run.isPending}
              onPress={() => file !== null && run.mutate({ file, key, dryRun: false })}
            >
              {t('customers.import.start', { count: report?.valid ?? 0 })}
            </Button>
          </>
        )
      }
    >
      {done !== null ? (
        <div className={styles.done}>
          <CheckCircle2 size={36} strokeWidth={1.5} aria-hidden="true" />
          <strong>{t('customers.import.done.title')}</strong>
          <p>
            {t('customers.import.done', {
              created: format.number(done.created),
              updated: format.number(done.updated),
              grants: format.number(done.grants),
            })}
          </p>
          <RowErrors errors={[...done.errors, ...done.warnings]} />
        </div>
      ) : file === null ? (
        <DropZone
          aria-label={t('customers.import.drop')}
          className={flows.drop ?? ''}
          onDrop={async (event) => {
            const item = event.items.find((each) => each.kind === 'file')
            if (item?.kind === 'file') take(await item.getFile())
          }}
        >
          <FileUp size={28} strokeWidth={1.5} aria-hidden="true" />
          <p>{t('customers.import.drop')}</p>
          <FileButton accept={['.csv', 'text/csv']} onChoose={take}>
            {t('customers.import.choose')}
          </FileButton>
          <p className={styles.help}>{t('customers.import.help')}</p>
        </DropZone>
      ) : (
        <div className={styles.checked}>
          <div className={styles.file}>
            <strong>{file.name}</strong>
            <Select<Key>
              label={t('customers.import.key')}
              value={key}
              onChange={recognise}
              options={keys.map((each) => ({ value: each, label: t(`customers.import.key.${each}`) }))}
            />
          </div>
          {check.isPending && (
            <p className={styles.checking} role="status">
              <Spinner /> {t('customers.import.checking')}
            </p>
          )}
          {isProblem(check.error, 422) && (
            <div role="alert" className={styles.checked}>
              <p className={styles.verdict}>{check.error.title}</p>
              <RowErrors errors={check.error.errors.map(fileMistake)} />
            </div>
          )}
          {report !== undefined && (
            <>
              <p className={styles.verdict}>{t('customers.import.checked', { valid: report.valid, failed: report.failed })}</p>
              <p className={styles.help}>{t('customers.import.nothing-yet')}</p>
              <p className={styles.help}>
                {t('customers.named', {
                  name: t('customers.import.columns'),
                  value: format.list(report.columns.filter((column) => column !== null)),
                })}
              </p>
              <RowErrors errors={report.errors} />
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}

/** The server names a place in the file as `/line/column`. */
function fileMistake({ path, message }: FieldProblem): RowError {
  const [, line = '', ...field] = path.split('/')
  return { line: Number(line), field: field.join('/'), code: message }
}
