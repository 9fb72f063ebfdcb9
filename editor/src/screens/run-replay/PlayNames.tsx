import { type MessageId, useT } from '../../app/i18n/index.ts'
import { plays } from '../../app/locales/en/plays.ts'
import { Facts } from '../../ui/index.ts'

/** The plays a strategy took, by their names; one that a model made up goes by its own. */
export function PlayNames({ ids }: { readonly ids: readonly unknown[] }) {
  const t = useT()
  const named = ids.map((id) => (`plays.${String(id)}` in plays ? t(`plays.${String(id)}` as MessageId) : String(id)))
  return <Facts items={[{ name: t('replay.why.plays'), value: <List names={named} /> }]} />
}

function List({ names }: { readonly names: readonly string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}
