import { Dialog, Kbd } from '../../ui/index.ts'
import { type Command, keysOf, listCommands, useRegistry } from '../commands/index.ts'
import { useT } from '../i18n/index.ts'
import styles from './ShortcutSheet.module.css'

const scopes = ['app', 'canvas', 'replay'] as const

/** Every key of this moment, read from the registry. */
export default function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  useRegistry((state) => state.overrides)
  const commands = listCommands().filter((command) => keysOf(command).length > 0)
  return (
    <Dialog isOpen onClose={onClose} title={t('app.shortcuts.title')} size="large">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard alone. */}
      <section className={styles.columns} aria-label={t('app.shortcuts.title')} tabIndex={0}>
        {scopes.map((scope) => {
          const own = commands.filter((command) => command.scope === scope)
          return own.length === 0 ? null : (
            <section key={scope} className={styles.section}>
              <h3 className={styles.title}>{t(`app.shortcuts.${scope}`)}</h3>
              {own.map((command) => (
                <ShortcutRow key={command.id} command={command} />
              ))}
            </section>
          )
        })}
      </section>
    </Dialog>
  )
}

function ShortcutRow({ command }: { readonly command: Command }) {
  return (
    <div className={styles.row}>
      <span>{command.title()}</span>
      <span className={styles.keys}>
        {keysOf(command).map((keys) => (
          <Kbd key={keys} keys={keys} />
        ))}
      </span>
    </div>
  )
}
