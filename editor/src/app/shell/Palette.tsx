import { useQuery } from '@tanstack/react-query'
import { CircleUserRound, CornerDownLeft, Search, Workflow } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
} from 'react-aria-components'
import { isMasked, Kbd } from '../../ui/index.ts'
import { api, type Customer, type FlowSummary, type Page, useMay, useSession } from '../api/index.ts'
import { imeGuard, keysOf, listCommands } from '../commands/index.ts'
import { useSay, useT } from '../i18n/index.ts'
import { go } from '../navigate.ts'
import { useFits } from '../pinyin/use-fits.ts'
import { fold } from './fold.ts'
import styles from './Palette.module.css'
import { allScreens, mayOpen, screenTitle } from './screens.ts'

interface Hit {
  readonly id: string
  readonly title: string
  readonly help?: string
  readonly icon: ReactNode
  readonly keys?: string | undefined
  readonly run: () => void
}

const hitsMax = 8

/** Reaches every screen, flow, customer and command. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const [query, setQuery] = useState('')
  const found = useHits(query)
  const groups = found.groups.filter((group) => group.hits.length > 0)
  const act = (hit: Hit) => {
    onClose()
    hit.run()
  }
  const list = useRef<HTMLDivElement>(null)
  const [ime] = useState(() => imeGuard(() => performance.now()))
  /**
   * Results that came late take the focus of the list away, while one of them may still be drawn as the chosen one: Enter means that
   * one, and what stands first where none is.
   */
  const takeChosen = (event: KeyboardEvent<HTMLInputElement>) => {
    if (ime.isComposing(event.nativeEvent)) return
    // The kit would only empty the field, and close with a second press.
    if (event.key === 'Escape') onClose()
    const isOnItem = event.currentTarget.getAttribute('aria-activedescendant') !== null
    const hits = groups.flatMap((group) => group.hits)
    const drawn = list.current?.querySelector<HTMLElement>('[role=menuitem][data-focused]')?.dataset.key
    const chosen = hits.find(({ id }) => id === drawn) ?? hits[0]
    if (event.key !== 'Enter' || isOnItem || query.trim() === '' || chosen === undefined) return
    event.preventDefault()
    act(chosen)
  }
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className={styles.scrim ?? ''}>
      <Modal className={styles.sheet ?? ''}>
        <Dialog aria-label={t('app.palette.title')} className={styles.dialog ?? ''}>
          <Autocomplete inputValue={query} onInputChange={setQuery} filter={() => true}>
            <SearchField aria-label={t('app.palette.placeholder')} autoFocus className={styles.field ?? ''}>
              <Search size={16} aria-hidden="true" />
              <Input
                className={styles.input ?? ''}
                placeholder={t('app.palette.placeholder')}
                onKeyDown={takeChosen}
                onCompositionEnd={ime.composed}
              />
            </SearchField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard alone. */}
            <div ref={list} className={styles.scroll} tabIndex={0}>
              <Menu
                aria-label={t('app.palette.title')}
                className={styles.list ?? ''}
                renderEmptyState={() => (
                  <p className={styles.empty}>
                    {found.isSearching ? t('app.palette.searching') : t('app.palette.empty', { query: query })}
                  </p>
                )}
              >
                {groups.map((group) => (
                  <MenuSection key={group.id} id={group.id}>
                    <Header className={styles.heading ?? ''}>{group.title}</Header>
                    {group.hits.map((hit) => (
                      <MenuItem key={hit.id} id={hit.id} textValue={hit.title} className={styles.item ?? ''} onAction={() => act(hit)}>
                        <span className={styles.icon}>{hit.icon}</span>
                        <Text slot="label" className={styles.words ?? ''}>
                          {hit.title} {hit.help !== undefined && <span className={styles.help}>{hit.help}</span>}
                        </Text>
                        {hit.keys !== undefined && <Kbd keys={hit.keys} isQuiet />}
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </div>
          </Autocomplete>
          <footer className={styles.foot}>{t('app.palette.hint')}</footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface Found {
  readonly groups: readonly { readonly id: string; readonly title: string; readonly hits: readonly Hit[] }[]
  /** What the server knows of these letters is still on its way: nothing yet is not nothing. */
  readonly isSearching: boolean
}

function useHits(query: string): Found {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const permissions = useSession()?.user.permissions ?? []
  // In the frame of its letter: Enter right behind it takes what all letters find, never what stood first before.
  const wanted = fold(query.trim())
  const flows = useQuery({
    queryKey: ['flows', 'all'],
    queryFn: ({ signal }) => api.get<Page<FlowSummary>>('/flows', { limit: 200 }, signal),
    enabled: may('flows.read'),
  })
  // Of thousands the rest is asked for.
  const furtherFlows = useQuery({
    queryKey: ['flows', 'find', wanted],
    queryFn: ({ signal }) => api.get<Page<FlowSummary>>('/flows', { query: wanted.slice(0, 200), limit: hitsMax }, signal),
    enabled: may('flows.read') && wanted.length > 0 && typeof flows.data?.next === 'string',
  })
  const customers = useQuery({
    queryKey: ['customers', 'find', wanted],
    queryFn: ({ signal }) => api.get<Page<Customer>>('/customers', { query: wanted.slice(0, 200), limit: hitsMax }, signal),
    enabled: may('customers.read') && wanted.length > 0,
  })
  const fits = useFits(wanted)

  const screens = allScreens
    .filter((screen) => mayOpen(screen, permissions) && fits(t(screenTitle(screen.id)), screen.id))
    .map((screen) => ({
      id: `screen-${screen.id}`,
      title: t(screenTitle(screen.id)),
      icon: <screen.icon size={15} aria-hidden="true" />,
      run: () => go(screen.href),
    }))
  const commands = listCommands()
    .filter((command) => command.notInPalette !== true && command.when?.() !== false && fits(command.title(), ...(command.keywords ?? [])))
    .map((command) => ({
      id: `command-${command.id}`,
      title: command.title(),
      icon: <CornerDownLeft size={15} aria-hidden="true" />,
      keys: keysOf(command)[0],
      run: () => command.run('palette'),
    }))
  const near = flows.data?.items ?? []
  const far = (furtherFlows.data?.items ?? []).filter(({ key }) => !near.some((flow) => flow.key === key))
  const flowHits = [...near, ...far]
    .filter((flow) => fits(flow.key, ...(typeof flow.name === 'string' ? [flow.name] : Object.values(flow.name))))
    .slice(0, hitsMax)
    .map((flow) => ({
      id: `flow-${flow.key}`,
      title: say(flow.name),
      help: flow.key,
      icon: <Workflow size={15} aria-hidden="true" />,
      run: () => go(`/flows/${flow.key}`),
    }))
  const customerHits = (wanted === '' ? [] : (customers.data?.items ?? [])).map((customer) => ({
    id: `customer-${customer.id}`,
    title: isMasked(customer.name) ? t(`app.masked.short.${customer.name.$masked}`) : customer.name,
    help: customer.id,
    icon: <CircleUserRound size={15} aria-hidden="true" />,
    run: () => go(`/customers/${encodeURIComponent(customer.id)}`),
  }))
  return {
    isSearching: [flows, furtherFlows, customers].some((asked) => asked.isFetching),
    groups: [
      { id: 'screens', title: t('app.palette.screens'), hits: screens },
      { id: 'flows', title: t('app.palette.flows'), hits: flowHits },
      { id: 'customers', title: t('app.palette.customers'), hits: customerHits },
      { id: 'commands', title: t('app.palette.commands'), hits: commands },
    ],
  }
}
