import type { Problem } from '@sluice/flows'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, Rocket } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isProblem } from '../../app/api/index.ts'
import { commandDone } from '../../app/commands/index.ts'
import { needTexts, useSay, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { countsOf } from '../../canvas/check/counts.ts'
import { Problems } from '../../canvas/check/ProblemList.tsx'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { toFile } from '../../doc/index.ts'
import { testShelf } from '../../simulate/saved-tests.ts'
import { Button, Dialog, onDemand, Spinner, TextArea, toast } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import { type FlowStatus, type Proof, publishDraft, type RunChoice, readVersions, type Settled, validateDraft } from './flow-api.ts'
import { ProofList } from './ProofList.tsx'
import { affectedBy, RunChoiceField, SettledWords } from './RunChoiceField.tsx'
import { WhatChanges } from './WhatChanges.tsx'

const PublishTests = onDemand(async () => (await Promise.all([import('./PublishTests.tsx'), needTexts('simulate')]))[0].PublishTests)

type Stage =
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly problems: readonly Problem[] }
  | { readonly kind: 'publishing'; readonly problems: readonly Problem[] }
  | { readonly kind: 'done'; readonly version: number; readonly digest: string; readonly settled: Settled }

/** Checks with the server, shows what stands in the way, publishes, and says what is live now. */
export function PublishDialog({ status, onClose }: { readonly status: FlowStatus | null; readonly onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const client = useQueryClient()
  const { flow, saving, problems: local, view } = useFlowEditor()
  const head = useFlow((state) => state.doc.head)
  const [stage, setStage] = useState<Stage>({ kind: 'checking' })
  const [note, setNote] = useState('')
  const [proofs, setProofs] = useState<readonly Proof[]>([])
  const [choice, setChoice] = useState<RunChoice | null>(null)
  const [tests] = useState(() => testShelf(localStorage).read(head.key))
  const [mayGo, setMayGo] = useState(tests.length === 0)
  const versions = useQuery({
    queryKey: ['flow-versions', head.key],
    queryFn: ({ signal }) => readVersions(head.key, signal),
    staleTime: 0,
  })

  useEffect(() => {
    let isHere = true
    const check = async () => {
      await saving?.flush()
      const findings = await validateDraft(head.key, toFile(flow.getState().doc)).catch(() => ({ problems: local.getState().problems }))
      if (!isHere) return
      setProofs('proofs' in findings ? (findings.proofs ?? []) : [])
      setStage({ kind: 'ready', problems: findings.problems })
    }
    void check()
    return () => {
      isHere = false
    }
  }, [flow, saving, head.key, local])

  const affected = affectedBy(versions.data?.items ?? [], stage.kind === 'done' ? stage.version : null)

  async function publish(problems: readonly Problem[]): Promise<void> {
    setStage({ kind: 'publishing', problems })
    try {
      await saving?.flush()
      const answer = await publishDraft(head.key, note.trim(), affected.length === 0 ? null : choice)
      commandDone('canvas.publish')
      setStage({ kind: 'done', version: answer.version, digest: answer.digest, settled: answer.runs })
      void client.invalidateQueries({ queryKey: ['flow-status', head.key] })
      void client.invalidateQueries({ queryKey: ['flow-versions', head.key] })
      void client.invalidateQueries({ queryKey: ['flows'] })
    } catch (error) {
      const found = isProblem(error, 422) && Array.isArray(error.body.problems) ? (error.body.problems as readonly Problem[]) : problems
      setStage({ kind: 'ready', problems: found })
      toast({
        tone: 'error',
        title: isProblem(error) ? error.title || error.message : t('app.problem.title'),
        detail: isProblem(error) ? error.detail : undefined,
      })
    }
  }

  if (stage.kind === 'done') {
    return (
      // A dialog of its own: in the one that published, the focus stayed where its button had been, and fell to the one that closes.
      <Dialog
        key="done"
        isOpen
        onClose={onClose}
        title={t('canvas.publish.done', { version: stage.version })}
        size="small"
        actions={
          <>
            <Button onPress={onClose}>{t('app.close')}</Button>
            <Button tone="primary" autoFocus onPress={() => view.setState({ confirm: 'run' })}>
              {t('canvas.publish.test')}
            </Button>
          </>
        }
      >
        <div className={styles.done} data-testid="published" data-version={stage.version}>
          <CircleCheck size={40} strokeWidth={1.5} aria-hidden="true" />
          <p>{t('canvas.publish.done.lead')}</p>
          {choice !== null && <SettledWords settled={stage.settled} />}
          <code title={stage.digest}>{stage.digest.slice(0, 24)}…</code>
        </div>
      </Dialog>
    )
  }

  const problems = stage.kind === 'checking' ? [] : stage.problems
  const { errors, warnings } = countsOf(problems)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.publish.title', { name: say(head.name) || head.key })}
      size="medium"
      actions={
        <>
          <Button tone="quiet" onPress={() => view.setState({ confirm: 'replay' })}>
            {t('operate.replay.open')}
          </Button>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            icon={<Rocket size={15} aria-hidden="true" />}
            isDisabled={
              stage.kind === 'checking' || errors > 0 || !mayGo || versions.data === undefined || (affected.length > 0 && choice === null)
            }
            isPending={stage.kind === 'publishing'}
            onPress={() => void publish(problems)}
          >
            {t('canvas.publish.submit')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t('canvas.publish.lead')}</p>
        <section>
          <h3 className={styles.head}>{t('publish.changes')}</h3>
          <WhatChanges active={status?.active ?? null} />
        </section>
        {stage.kind === 'checking' ? (
          <p className={styles.row}>
            <Spinner size={16} /> {t('canvas.publish.checking')}
          </p>
        ) : (
          <>
            <p className={errors > 0 ? styles.bad : warnings > 0 ? styles.warn : styles.good}>
              {errors > 0
                ? t('canvas.publish.blocked', { count: errors })
                : warnings > 0
                  ? t('canvas.publish.warned', { count: warnings })
                  : t('canvas.publish.clean')}
            </p>
            {problems.length > 0 && (
              <div className={styles.problems}>
                <Problems problems={problems} onGo={onClose} />
              </div>
            )}
          </>
        )}
        {proofs.length > 0 && (
          <section>
            <h3 className={styles.head}>{t('publish.proofs')}</h3>
            <ProofList proofs={proofs} onGo={onClose} />
          </section>
        )}
        {tests.length > 0 && stage.kind !== 'checking' && (
          <section>
            <h3 className={styles.head}>{t('publish.tests')}</h3>
            <PublishTests tests={tests} onVerdict={setMayGo} />
          </section>
        )}
        <section>
          <h3 className={styles.head}>{t('publish.affected')}</h3>
          {versions.data !== undefined ? (
            <RunChoiceField affected={affected} value={choice} onChange={setChoice} />
          ) : versions.isError ? (
            <QueryProblem error={versions.error} onRetry={() => void versions.refetch()} />
          ) : (
            // Nobody is told that no run is under way before that is known.
            <p className={styles.row}>
              <Spinner size={16} /> {t('app.loading')}
            </p>
          )}
        </section>
        <TextArea
          label={t('canvas.publish.note')}
          description={t('canvas.publish.note.help')}
          value={note}
          onChange={setNote}
          maxLength={500}
          rows={2}
        />
      </div>
    </Dialog>
  )
}
