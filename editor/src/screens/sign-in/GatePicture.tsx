import { useT } from '../../app/i18n/index.ts'

/** The main job as a small drawing: consent → mask → alert, and a closed gate. */
export function GatePicture() {
  const t = useT()
  const cards = [
    { x: 16, y: 150, tone: 'var(--consent)', title: t('app.picture.consent'), line: t('app.picture.consent.line') },
    { x: 266, y: 150, tone: 'var(--act)', title: t('app.picture.mask'), line: t('app.picture.mask.line') },
    { x: 516, y: 66, tone: 'var(--run)', title: t('app.picture.alert'), line: t('app.picture.alert.line') },
    { x: 516, y: 234, tone: 'var(--human)', title: t('app.picture.plan'), line: t('app.picture.plan.line') },
  ]
  return (
    <svg viewBox="0 0 736 372" width="100%" role="presentation">
      <g fill="none" stroke="var(--line-strong)" strokeWidth="1.5">
        <path d="M220 186h46" />
        <path d="M470 186c30 0 16-84 46-84" />
        <path d="M470 186c30 0 16 84 46 84" />
      </g>
      {cards.map((card) => (
        <g key={card.title} transform={`translate(${card.x} ${card.y})`}>
          <rect width="204" height="72" rx="10" fill="var(--surface)" stroke="var(--line)" />
          <rect x="12" y="14" width="28" height="28" rx="7" fill={card.tone} opacity="0.16" />
          <circle cx="26" cy="28" r="5.5" fill={card.tone} />
          <text x="50" y="27" fontSize="13" fontWeight="600" fill="var(--ink)">
            {card.title}
          </text>
          <text x="50" y="46" fontSize="11.5" fill="var(--muted)">
            {card.line}
          </text>
          <circle cx="0" cy="36" r="4" fill="var(--surface)" stroke="var(--line-strong)" strokeWidth="1.5" />
          <circle cx="204" cy="36" r="4" fill="var(--surface)" stroke="var(--line-strong)" strokeWidth="1.5" />
        </g>
      ))}
      <g transform="translate(308 250)">
        <rect width="120" height="26" rx="13" fill="var(--ok)" opacity="0.14" />
        <circle cx="17" cy="13" r="4" fill="var(--ok)" />
        <text x="29" y="17.5" fontSize="12" fontWeight="500" fill="var(--ok)">
          {t('app.picture.clock')}
        </text>
      </g>
    </svg>
  )
}
