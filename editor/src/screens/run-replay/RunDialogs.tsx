import type { Json } from '@sluice/flows'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Run } from '../../app/api/index.ts'
import { moveRun, previewMove, previewRerun, type RepeatedEffect, rerun, skipStep } from '../../app/api/operate.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Checkbox, Dialog, Select, Spinner, TextArea, TextField } from '../../ui/index.ts'
import { readVersions } from '../canvas/flow-api.ts'
import styles from '../runs/Operate.module.css'

interface Asked {
  readonly run: Run
  readonly titleOf: (node: string) => string
  readonly onClose: () => void
}

/** Lists every effect that would happen again. Nothing is ticked at first: what is not ticked hands on what it gave. */
export function RerunDialog({ run, node, titleOf, onClose }: Asked & { readonly node: string }) {
  const t = useT()
  const [repeat, setRepeat] = useState<ReadonlySet<string>>(new Set())
  const preview = useQuery({
    queryKey: ['runs', 'rerun', run.id, node],
    queryFn: () => previewRerun(run.id, node),
    gcTime: 0,
    retry: false,
  })
  const act = useAct(rerun, {
    done: () => t('operate.rerun.done'),
    refresh: [['runs']],
    onDone: (made) => go(`/runs/${made.run}`),
    onProblem: () => void preview.refetch(),
  })
  const effects = preview.data?.effects ?? []
  const missing = effects.filter((effect) => !effect.canKeep && effect.done + effect.failed > 0 && !repeat.has(effect.node))
  const tick = (name: string, on: boolean) => setRepeat(new Set(on ? [...repeat, name] : [...repeat].filter((one) => one !== name)))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.rerun.title', { step: titleOf(node) })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={preview.data === undefined || missing.length > 0}
            isPending={act.isPending}
            onPress={() => preview.data !== undefined && act.mutate({ run: run.id, node, shown: preview.data.shown, repeat: [...repeat] })}
          >
            {t('operate.rerun.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="rerun">
        {preview.isPending && <Spinner size={16} />}
        {preview.isError && <QueryProblem error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data !== undefined && (
          <>
            <p className={styles.quiet}>{t('operate.rerun.lead')}</p>
            {preview.data.cancels && <p className={styles.warn}>{t('operate.rerun.cancels')}</p>}
            {preview.data.aloneAt.length > 0 && (
              <p className={styles.warn}>{t('operate.rerun.alone', { steps: preview.data.aloneAt.map(titleOf).join(', ') })}</p>
            )}
            {effects.length === 0 ? (
              <p>{t('operate.rerun.no-effects')}</p>
            ) : (
              <>
                <p>{t('operate.rerun.effects')}</p>
                <ul className={styles.list}>
                  {effects.map((effect) => (
                    <li key={effect.node}>
                      <Effect
                        effect={effect}
                        title={titleOf(effect.node)}
                        isOn={repeat.has(effect.node)}
                        onChange={(on) => tick(effect.node, on)}
                      />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </div>
    </Dialog>
  )
}

function Effect({
  effect,
  title,
  isOn,
  onChange,
}: {
  readonly effect: RepeatedEffect
  readonly title: string
  readonly isOn: boolean
  readonly onChange: (on: boolean) => void
}) {
  const t = useT()
  const format = useFormat()
  const isNew = effect.done + effect.failed === 0
  const when = effect.lastAt === null ? '' : format.relative(effect.lastAt)
  const help = isNew
    ? t('operate.rerun.first')
    : effect.canKeep
      ? t('operate.rerun.once', { when })
      : t('operate.rerun.must', { done: effect.done, failed: effect.failed })
  return (
    <Checkbox isSelected={isNew || isOn} isDisabled={isNew} onChange={onChange} help={help}>
      {title}
    </Checkbox>
  )
}

/** States what a stuck step gave. */
export function SkipDialog({ run, node, titleOf, ports, onClose }: Asked & { readonly node: string; readonly ports: readonly string[] }) {
  const t = useT()
  const [port, setPort] = useState(ports[0] ?? 'out')
  const [text, setText] = useState('null')
  const [reason, setReason] = useState('')
  const act = useAct(skipStep, { done: () => t('operate.skip.done'), refresh: [['runs']], onDone: onClose })
  const data = jsonOf(text)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.skip.title', { step: titleOf(node) })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={data === undefined || reason.trim() === ''}
            isPending={act.isPending}
            onPress={() => data !== undefined && act.mutate({ run: run.id, node, port, data, reason: reason.trim() })}
          >
            {t('operate.skip.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="skip">
        <p className={styles.quiet}>{t('operate.skip.lead')}</p>
        {ports.length > 1 && (
          <Select
            label={t('operate.skip.port')}
            value={port}
            onChange={setPort}
            options={ports.map((value) => ({ value, label: value }))}
          />
        )}
        <TextArea
          label={t('operate.skip.data')}
          isCode
          rows={5}
          value={text}
          onChange={setText}
          error={data === undefined ? t('operate.skip.no-json') : undefined}
        />
        <TextField label={t('operate.reason')} isRequired value={reason} onChange={setReason} maxLength={500} />
      </div>
    </Dialog>
  )
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const obstacles: Readonly<Record<string, MessageId>> = {
  ended: 'operate.move.obstacle.ended',
  'same-version': 'operate.move.obstacle.same-version',
  'step-missing': 'operate.move.obstacle.step-missing',
  'step-other': 'operate.move.obstacle.step-other',
  acting: 'operate.move.obstacle.acting',
  'fork-missing': 'operate.move.obstacle.fork-missing',
  'join-changed': 'operate.move.obstacle.join-changed',
  'group-changed': 'operate.move.obstacle.group-changed',
}
const changes: Readonly<Record<string, MessageId>> = {
  config: 'operate.move.change.config',
  wires: 'operate.move.change.wires',
  limits: 'operate.move.change.limits',
  removed: 'operate.move.change.removed',
}

/** Says for this run whether it can go on in another version, and what would change. */
export function MoveDialog({ run, titleOf, onClose }: Asked) {
  const t = useT()
  const versions = useQuery({ queryKey: ['flow-versions', run.flow], queryFn: ({ signal }) => readVersions(run.flow, signal) })
  const others = (versions.data?.items ?? []).filter(({ version }) => version !== run.version)
  const [chosen, setChosen] = useState<string | null>(null)
  const version = chosen ?? (others[0] === undefined ? null : String(others[0].version))
  const preview = useQuery({
    queryKey: ['runs', 'move', run.id, version],
    queryFn: () => previewMove(run.id, Number(version)),
    enabled: version !== null,
    gcTime: 0,
    retry: false,
  })
  const act = useAct(moveRun, {
    done: () => t('operate.move.done'),
    refresh: [['runs']],
    onDone: onClose,
    onProblem: () => void preview.refetch(),
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.move.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={preview.data?.can !== true}
            isPending={act.isPending}
            onPress={() => preview.data !== undefined && act.mutate({ run: run.id, version: Number(version), shown: preview.data.shown })}
          >
            {t('operate.move.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="move">
        {versions.isPending ? (
          <Spinner size={16} />
        ) : version === null ? (
          <p>{t('operate.move.none')}</p>
        ) : (
          <Select
            label={t('operate.move.version')}
            value={version}
            onChange={setChosen}
            options={others.map((one) => ({
              value: String(one.version),
              label: `v${one.version}${one.note == null || one.note === '' ? '' : ` · ${one.note}`}`,
            }))}
          />
        )}
        {preview.isError && <QueryProblem error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data !== undefined && (
          <div aria-live="polite" className={styles.stack}>
            <p className={preview.data.can ? undefined : styles.warn}>{t(preview.data.can ? 'operate.move.can' : 'operate.move.cannot')}</p>
            <ul className={styles.list}>
              {preview.data.obstacles.map(({ kind, node = '' }) => (
                <li key={`${kind}${node}`}>{t(obstacles[kind] ?? 'operate.move.cannot', { step: titleOf(node) })}</li>
              ))}
              {preview.data.changes.map(({ node, where, what }) => (
                <li key={`${node}${what}`}>
                  {titleOf(node)} · {t(changes[what] ?? 'operate.move.change.config')}
                  <span className={styles.quiet}> · {t(`operate.move.${where}`)}</span>
                </li>
              ))}
            </ul>
            {preview.data.can && preview.data.changes.length === 0 && <p className={styles.quiet}>{t('operate.move.nothing')}</p>}
          </div>
        )}
      </div>
    </Dialog>
  )
}
