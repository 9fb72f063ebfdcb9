import type { ReactNode } from 'react'
import styles from './EmptyPicture.module.css'

export type EmptyKind =
  | 'tasks'
  | 'alerts'
  | 'customers'
  | 'runs'
  | 'incidents'
  | 'letters'
  | 'messages'
  | 'withdrawals'
  | 'audit'
  | 'templates'

/** A screen as it looks once there is something on it, very small; in the colours of the product, without words. */
export function EmptyPicture({ kind }: { readonly kind: EmptyKind }) {
  return (
    <svg className={styles.picture} viewBox="0 0 240 120" aria-hidden="true">
      {pictures[kind]}
    </svg>
  )
}

/** A line of text, as a bar. */
function Words({
  x,
  y,
  width,
  strong = false,
}: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly strong?: boolean
}) {
  return <rect className={strong ? styles.strong : styles.words} x={x} y={y} width={width} height={strong ? 7 : 5} rx="2.5" />
}

function Sheet({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }) {
  return <rect className={styles.sheet} x={x} y={y} width={width} height={height} rx="8" />
}

function Chip({ x, y, tone, width = 34 }: { readonly x: number; readonly y: number; readonly tone: Tone; readonly width?: number }) {
  return (
    <g data-tone={tone}>
      <rect className={styles.tint} x={x} y={y} width={width} height="12" rx="6" />
      <circle className={styles.fill} cx={x + 7} cy={y + 6} r="2.5" />
      <rect className={styles.fill} x={x + 13} y={y + 4.5} width={width - 20} height="3" rx="1.5" />
    </g>
  )
}

type Tone = 'ok' | 'wait' | 'run' | 'error' | 'human' | 'consent' | 'accent'

function Tick({ x, y, tone = 'ok' }: { readonly x: number; readonly y: number; readonly tone?: Tone }) {
  return (
    <g data-tone={tone}>
      <circle className={styles.fill} cx={x} cy={y} r="7" />
      <path className={styles.mark} d={`M${x - 3} ${y}l2.2 2.4 4-4.6`} />
    </g>
  )
}

/** Rows of a list, each with what stands before and behind its words. */
function Rows({
  before,
  behind,
}: {
  readonly before: (y: number, row: number) => ReactNode
  readonly behind: (y: number, row: number) => ReactNode
}) {
  return (
    <>
      <Sheet x={20} y={10} width={200} height={100} />
      {[0, 1, 2].map((row) => {
        const y = 26 + row * 34
        return (
          <g key={row}>
            {row > 0 && <path className={styles.line} d={`M20 ${y - 17}h200`} />}
            {before(y, row)}
            <Words x={58} y={y - 8} width={[74, 58, 66][row] ?? 60} strong />
            <Words x={58} y={y + 4} width={[52, 70, 44][row] ?? 50} />
            {behind(y, row)}
          </g>
        )
      })}
    </>
  )
}

const pictures: Readonly<Record<EmptyKind, ReactNode>> = {
  // A proposal with the two ways to decide about it.
  tasks: (
    <>
      <Sheet x={44} y={8} width={152} height={104} />
      <g data-tone="human">
        <circle className={styles.tint} cx="64" cy="29" r="10" />
        <circle className={styles.fill} cx="64" cy="26" r="3.5" />
        <path className={styles.fill} d="M57.5 35a6.5 6 0 0 1 13 0z" />
      </g>
      <Words x={82} y={21} width={58} strong />
      <Words x={82} y={33} width={46} />
      <Chip x={154} y={18} tone="wait" />
      <Words x={58} y={52} width={122} />
      <Words x={58} y={62} width={100} />
      <g data-tone="accent">
        <rect className={styles.fill} x="58" y="82" width="56" height="18" rx="5" />
        <path className={styles.mark} d="M80 91l4 4 8-8" />
      </g>
      <rect className={styles.outline} x="122" y="82" width="56" height="18" rx="5" />
      <path className={styles.stroke} d="M146 87l8 8m0-8l-8 8" />
    </>
  ),
  // What is no longer allowed, and what still is.
  alerts: (
    <>
      <Sheet x={44} y={14} width={152} height={92} />
      <g data-tone="consent">
        <rect className={styles.fill} x="44" y="26" width="4" height="68" />
        <path className={styles.fill} d="M60 40c3-2 3-6 3-9a7 7 0 0 1 14 0c0 3 0 7 3 9z" />
        <circle className={styles.fill} cx="70" cy="43" r="2.5" />
      </g>
      <Words x={90} y={26} width={84} strong />
      <Words x={90} y={38} width={58} />
      <path className={styles.line} d="M48 56h148" />
      <g data-tone="error">
        <circle className={styles.tint} cx="68" cy="71" r="7" />
        <path className={styles.toned} d="M65 68l6 6m0-6l-6 6" />
      </g>
      <Words x={84} y={68} width={70} />
      <Tick x={68} y={91} />
      <Words x={84} y={88} width={54} />
    </>
  ),
  customers: (
    <Rows
      before={(y, row) => (
        <g data-tone={(['run', 'consent', 'human'] as const)[row]}>
          <circle className={styles.tint} cx="40" cy={y} r="10" />
          <circle className={styles.fill} cx="40" cy={y - 3} r="3.5" />
          <path className={styles.fill} d={`M33.5 ${y + 6}a6.5 6 0 0 1 13 0z`} />
        </g>
      )}
      behind={(y, row) => <Chip x={168} y={y - 6} tone={(['ok', 'error', 'ok'] as const)[row] ?? 'ok'} width={40} />}
    />
  ),
  runs: (
    <>
      <path className={styles.wire} d="M72 38h18M150 38h18" />
      {[
        { x: 12, tone: 'ok' },
        { x: 90, tone: 'ok' },
        { x: 168, tone: 'run' },
      ].map(({ x, tone }) => (
        <g key={x} data-tone={tone}>
          <rect className={styles.step} x={x} y="20" width="60" height="36" rx="7" />
          <rect className={styles.fill} x={x + 8} y="32" width="12" height="12" rx="3" />
          <Words x={x + 25} y={32} width={26} />
          <Words x={x + 25} y={40} width={18} />
        </g>
      ))}
      <Tick x={72} y={20} />
      <Tick x={150} y={20} />
      <path className={styles.line} d="M12 92h216" />
      {[28, 66, 96, 118].map((x, index) => (
        <circle key={x} className={styles.fill} data-tone={index === 3 ? 'run' : 'ok'} cx={x} cy="92" r={index === 3 ? 6 : 4} />
      ))}
    </>
  ),
  // A line that stands still, and the way on.
  incidents: (
    <>
      <path className={styles.wire} d="M76 60h26" />
      <path className={styles.dashed} d="M166 60h26" />
      <g data-tone="ok">
        <rect className={styles.step} x="12" y="38" width="64" height="44" rx="8" />
        <Words x={26} y={52} width={36} strong />
        <Words x={26} y={64} width={26} />
      </g>
      <Tick x={76} y={38} />
      <g data-tone="error">
        <rect className={styles.step} x="102" y="38" width="64" height="44" rx="8" />
        <rect className={styles.fill} x="126" y="50" width="5" height="20" rx="2" />
        <rect className={styles.fill} x="137" y="50" width="5" height="20" rx="2" />
      </g>
      <g data-tone="accent">
        <circle className={styles.fill} cx="210" cy="60" r="16" />
        <path className={styles.mark} d="M216 56a7 7 0 1 0 1 6m0-11v5h-5" />
      </g>
    </>
  ),
  letters: (
    <>
      <rect className={styles.sheet} x="36" y="26" width="104" height="70" rx="8" />
      <path className={styles.stroke} d="M40 32l48 36 48-36" />
      <Chip x={50} y={76} tone="error" width={46} />
      <path className={styles.toned} data-tone="accent" d="M152 62h30m-9-9l9 9-9 9" />
      <g data-tone="ok">
        <rect className={styles.step} x="190" y="44" width="40" height="36" rx="7" />
        <path className={styles.toned} d="M202 62l6 6 10-12" />
      </g>
    </>
  ),
  // One that went out, and one that consent held back.
  messages: (
    <>
      <path className={styles.sheet} d="M34 12h112a8 8 0 0 1 8 8v22a8 8 0 0 1-8 8H50l-12 9v-9h-4a8 8 0 0 1-8-8V20a8 8 0 0 1 8-8z" />
      <Words x={40} y={22} width={84} strong />
      <Words x={40} y={35} width={60} />
      <Tick x={154} y={14} />
      <path className={styles.sheet} d="M94 66h112a8 8 0 0 1 8 8v22a8 8 0 0 1-8 8h-4v9l-12-9H94a8 8 0 0 1-8-8V74a8 8 0 0 1 8-8z" />
      <Words x={100} y={76} width={72} strong />
      <Words x={100} y={89} width={90} />
      <g data-tone="error">
        <circle className={styles.fill} cx="214" cy="68" r="9" />
        <rect className={styles.knock} x="208.5" y="66.5" width="11" height="3" rx="1.5" />
      </g>
    </>
  ),
  // The clock, the steps, the receipt.
  withdrawals: (
    <>
      <circle className={styles.ring} cx="52" cy="60" r="32" />
      <path className={styles.arc} data-tone="ok" d="M52 28a32 32 0 1 1-30.4 22" />
      <path className={styles.stroke} d="M52 42v18l12 8" />
      {[30, 58, 86].map((y, row) => (
        <g key={y}>
          <Tick x={112} y={y} />
          <Words x={126} y={y - 3} width={[34, 26, 30][row] ?? 30} />
        </g>
      ))}
      <path className={styles.line} d="M112 38v12m0 16v12" />
      <path className={styles.sheet} d="M176 18h48v78l-8-5-8 5-8-5-8 5-8-5-8 5z" />
      <Words x={184} y={30} width={32} strong />
      <Words x={184} y={44} width={26} />
      <Words x={184} y={54} width={32} />
      <path className={styles.toned} data-tone="ok" d="M192 72l6 6 11-13" />
    </>
  ),
  // Each entry holds on to the one before.
  audit: (
    <Rows
      before={(y, row) => (
        <g data-tone="accent">
          {row > 0 && <path className={styles.toned} d={`M40 ${y - 26}v18`} />}
          <rect className={styles.tint} x="32" y={y - 8} width="16" height="16" rx="4" />
          <rect className={styles.fill} x="36.5" y={y - 3.5} width="7" height="7" rx="2" />
        </g>
      )}
      behind={(y) => <Words x={166} y={y - 3} width={40} />}
    />
  ),
  templates: (
    <>
      {[14, 90, 166].map((x, index) => (
        <g key={x} data-tone={(['consent', 'human', 'run'] as const)[index]}>
          <Sheet x={x} y={14} width={62} height={92} />
          <path className={styles.wire} d={`M${x + 22} 36h18`} />
          <rect className={styles.fill} x={x + 10} y="30" width="12" height="12" rx="3" />
          <rect className={styles.fill} x={x + 40} y="30" width="12" height="12" rx="3" />
          <path className={styles.line} d={`M${x} 58h62`} />
          <Words x={x + 10} y={68} width={38} strong />
          <Words x={x + 10} y={82} width={42} />
          <Words x={x + 10} y={92} width={28} />
        </g>
      ))}
    </>
  ),
}
