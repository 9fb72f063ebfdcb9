import { needTexts, type TextPart } from '../../app/i18n/index.ts'
import { GestureMarks } from '../../canvas/engine/FlowSurface.tsx'
import { inspectorParts } from '../../inspect/Inspector.tsx'
import { onDemand } from '../../ui/index.ts'

/** With its words; some parts speak of runs in the words of the other screens. */
async function withWords<Part>(part: Promise<Part>, ...texts: readonly TextPart[]): Promise<Part> {
  const [loaded] = await Promise.all([part, needTexts('forms', ...texts)])
  return loaded
}

/** Parts of the canvas that nobody needs before doing something: each loads with its first use. */
export const QuickAdd = onDemand(async () => (await withWords(import('../../canvas/menu/QuickAdd.tsx'))).QuickAdd)
/** Only a flow without steps needs it. */
export const EmptyCanvas = onDemand(async () => (await import('./EmptyCanvas.tsx')).EmptyCanvas)
export const ContextMenu = onDemand(async () => (await import('../../canvas/menu/ContextMenu.tsx')).ContextMenu)
export const FindStep = onDemand(async () => (await withWords(import('../../canvas/menu/FindStep.tsx'))).FindStep)
export const WireMode = onDemand(async () => (await withWords(import('../../canvas/wiring/WireMode.tsx'))).WireMode)
export const Outline = onDemand(async () => (await withWords(import('../../canvas/outline/Outline.tsx'))).Outline)
export const Drawer = onDemand(async () => (await withWords(import('./Drawer.tsx'))).Drawer)
export const CommentsPanel = onDemand(
  async () => (await withWords(import('../../together/comments/CommentsPanel.tsx'), 'together')).CommentsPanel,
)
export const RecoverBanner = onDemand(async () => (await withWords(import('./RecoverBanner.tsx'))).RecoverBanner)
export const NewerTemplate = onDemand(async () => (await import('./NewerTemplate.tsx')).NewerTemplate)
export const PublishDialog = onDemand(async () => (await withWords(import('./PublishDialog.tsx'), 'screens')).PublishDialog)
export const TestDialog = onDemand(async () => (await withWords(import('./TestDialog.tsx'))).TestDialog)
/** Stands in the bar without anybody's wish, so it comes without the words of the forms. */
export const PauseFace = onDemand(async () => (await Promise.all([import('./PauseFace.tsx'), needTexts('pause', 'running')]))[0].PauseFace)
export const ReplayDialog = onDemand(async () => (await withWords(import('./ReplayDialog.tsx'), 'screens')).ReplayDialog)
export const ConflictDialog = onDemand(async () => (await withWords(import('./ConflictDialog.tsx'))).ConflictDialog)
export const CheckpointDialog = onDemand(async () => (await withWords(import('./CheckpointDialog.tsx'))).CheckpointDialog)
export const ExtractDialog = onDemand(async () => (await withWords(import('./ExtractDialog.tsx'))).ExtractDialog)
export const LivePanel = onDemand(async () => (await withWords(import('../../canvas/live/LivePanel.tsx'), 'live')).LivePanel)
export const DragGhost = onDemand(async () => (await import('../../canvas/palette/DragGhost.tsx')).DragGhost)
export const HoverCard = onDemand(async () => (await withWords(import('../../canvas/hover/HoverCard.tsx'))).HoverCard)

/** What answers to a single key or click: fetched as soon as somebody touches the canvas, so that nothing typed is lost on the way. */
const quick = [
  QuickAdd,
  ContextMenu,
  FindStep,
  WireMode,
  ...inspectorParts,
  PublishDialog,
  ReplayDialog,
  TestDialog,
  Drawer,
  Outline,
  HoverCard,
  DragGhost,
  GestureMarks,
  CheckpointDialog,
]

export function warmQuickParts(): void {
  void import('../../canvas/tidy/tidy.ts').then(({ warmTidy }) => warmTidy()).catch(() => undefined)
  void import('../../canvas/engine/wire-drops.ts').catch(() => undefined)
  void import('../../canvas/gestures/guides.ts').catch(() => undefined)
  void import('../../canvas/gestures/cut.ts').catch(() => undefined)
  void import('../../canvas/gestures/begin-far-move.ts').catch(() => undefined)
  for (const part of quick) void part.warm().catch(() => undefined)
}
