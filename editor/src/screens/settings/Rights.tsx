import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Check, CircleCheck, CircleSlash, EyeOff, Minus } from 'lucide-react'
import { useState } from 'react'
import { customersQuery, peopleQuery, rolesQuery, useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useRoleName } from '../../app/names/PersonName.tsx'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { Card, ComboBox, cx, isMasked, Select } from '../../ui/index.ts'
import styles from './Rights.module.css'
import { type PolicyAnswer, policyQuery } from './rights-api.ts'
import { isRight, type Right, rightGroups, rights } from './rights-list.ts'
import settings from './SettingsScreen.module.css'

/** Which role may do what, and what the policy answers to one person. */
export function Rights() {
  const t = useT()
  const roles = useQuery(rolesQuery)
  if (roles.isError) return <QueryProblem error={roles.error} onRetry={() => void roles.refetch()} />
  if (roles.isPending) return <ScreenLoading />
  return (
    <>
      <p className={settings.lead}>{t('settings.rights.lead')}</p>
      <TestAs roles={roles.data.items.map(({ name }) => name)} />
      <RoleTable roles={roles.data.items} />
    </>
  )
}

function TestAs({ roles }: { readonly roles: readonly string[] }) {
  const t = useT()
  const may = useMay()
  const roleName = useRoleName()
  const { filters, set } = useFilters()
  const people = useQuery({ ...peopleQuery, enabled: may('tasks.read') }).data?.items ?? []
  const [who, right] = [filters.as ?? null, isRight(filters.may) ? filters.may : null]
  const isPerson = who?.startsWith('user:') === true
  const customer = isPerson ? filters.customer : undefined
  const name =
    who === null
      ? ''
      : isPerson
        ? (people.find(({ id }) => who === `user:${id}`)?.name ?? who.slice(5))
        : roleName(who.slice('role:'.length))
  const question = { as: who ?? '', permission: right ?? '', ...(customer === undefined ? {} : { customer }) }
  const answer = useQuery({ ...policyQuery(question), enabled: who !== null && right !== null })
  return (
    <Card title={t('settings.rights.test')}>
      <div className={styles.asked}>
        <ComboBox
          label={t('settings.rights.as')}
          value={who}
          onChange={(as) => set({ as: as ?? undefined })}
          placeholder={t('app.select.placeholder')}
          options={[
            ...people.map((one) => ({ value: `user:${one.id}`, label: one.name, help: one.roles.map(roleName).join(' · ') })),
            ...roles.map((role) => ({ value: `role:${role}`, label: roleName(role), help: t('settings.rights.as.role') })),
          ]}
        />
        <Select
          label={t('settings.rights.permission')}
          value={right}
          onChange={(permission) => set({ may: permission })}
          options={rights.map((permission) => ({ value: permission, label: t(`settings.rights.${permission}`) }))}
        />
        {isPerson && may('customers.read') && (
          <CustomerChoice value={customer ?? null} onChange={(id) => set({ customer: id ?? undefined })} />
        )}
      </div>
      <div role="status">
        {answer.data !== undefined && right !== null ? (
          <Answer answer={answer.data} name={name} right={right} customer={customer ?? ''} />
        ) : (
          !answer.isError && <p className={settings.quiet}>{t('settings.rights.ask')}</p>
        )}
      </div>
      {answer.isError && <QueryProblem error={answer.error} onRetry={() => void answer.refetch()} />}
    </Card>
  )
}

function CustomerChoice({ value, onChange }: { readonly value: string | null; readonly onChange: (id: string | null) => void }) {
  const t = useT()
  const [typed, setTyped] = useState(value ?? '')
  const pages = useInfiniteQuery(customersQuery(typed === '' ? undefined : typed)).data?.pages ?? []
  const found = pages.flatMap((page) => page.items)
  return (
    <ComboBox
      label={t('settings.rights.customer')}
      description={t('settings.rights.customer.help')}
      value={value}
      onChange={onChange}
      inputValue={typed}
      onInputChange={setTyped}
      options={found.map(({ id, name }) => ({ value: id, label: id, ...(!isMasked(name) && { help: String(name) }) }))}
    />
  )
}

interface AnswerProps {
  readonly answer: PolicyAnswer
  readonly name: string
  readonly right: Right
  readonly customer: string
}

function Answer({ answer, name, right, customer }: AnswerProps) {
  const t = useT()
  const roleName = useRoleName()
  const { allowed, active, roles, by } = answer
  const words = { name, right: t(`settings.rights.${right}`) }
  const why = !active
    ? t('settings.rights.inactive')
    : allowed
      ? t('settings.rights.yes.by', { roles: roles.map(roleName).join(' · ') })
      : t('settings.rights.no.by', { roles: by.map(roleName).join(' · ') })
  return (
    <>
      <p className={cx(styles.verdict, allowed ? styles.yes : styles.no)} data-testid="policy-answer" data-allowed={allowed}>
        {allowed ? <CircleCheck size={18} aria-hidden="true" /> : <CircleSlash size={18} aria-hidden="true" />}
        <span>
          <strong>{t(allowed ? 'settings.rights.yes' : 'settings.rights.no', words)}</strong>
          <span className={settings.quiet}>{why}</span>
        </span>
      </p>
      {answer.customer !== null && <Fields seen={answer.customer} customer={customer} />}
    </>
  )
}

function Fields({
  seen: { known, fields },
  customer,
}: {
  readonly seen: NonNullable<PolicyAnswer['customer']>
  readonly customer: string
}) {
  const t = useT()
  const fieldLabel = useFieldLabel()
  if (!known) return <p className={cx(settings.quiet, styles.sees)}>{t('settings.rights.unknown', { customer })}</p>
  const seen = fields.filter(({ hidden }) => hidden === null).length
  return (
    <>
      <p className={cx(settings.quiet, styles.sees)}>{t('settings.rights.sees', { seen, all: fields.length, customer })}</p>
      <ul className={styles.fields}>
        {fields.map(({ name, hidden }) => (
          <li key={name} data-field={name} data-hidden={hidden ?? ''}>
            <span>{fieldLabel(name)}</span>
            {hidden === null ? (
              <span className={styles.shown}>
                <Check size={14} aria-hidden="true" />
                {t('settings.rights.seen')}
              </span>
            ) : (
              <span className={styles.hidden}>
                <EyeOff size={14} aria-hidden="true" />
                {t(`settings.rights.hidden.${hidden}`)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function RoleTable({ roles }: { readonly roles: readonly { readonly name: string; readonly may: readonly string[] }[] }) {
  const t = useT()
  const roleName = useRoleName()
  const title = t('settings.rights.roles')
  return (
    <Card title={title} isFlush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section className={styles.scroll} aria-label={title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('settings.rights.right')}</th>
              {roles.map(({ name }) => (
                <th key={name} scope="col">
                  {roleName(name)}
                </th>
              ))}
            </tr>
          </thead>
          {rightGroups.map((group) => (
            <tbody key={group.id}>
              <tr>
                <th scope="rowgroup" colSpan={roles.length + 1} className={styles.group}>
                  <span>{t(`settings.rights.group.${group.id}`)}</span>
                </th>
              </tr>
              {group.rights.map((right) => (
                <tr key={right}>
                  <th scope="row">{t(`settings.rights.${right}`)}</th>
                  {roles.map(({ name, may }) => (
                    <td key={name}>
                      {may.includes(right) ? (
                        <Check size={15} role="img" className={styles.shown} aria-label={t('settings.rights.may')} />
                      ) : (
                        <Minus size={13} role="img" className={styles.none} aria-label={t('settings.rights.may-not')} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
    </Card>
  )
}
