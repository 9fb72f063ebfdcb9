import type { Box } from '../../doc/index.ts'
import type { FarMark, FarPlace } from '../view-store.ts'

type Sign = FarMark['pills'][number]['sign']
type Tone = keyof FarPlace['ink']

const tones: Readonly<Record<Sign, Tone>> = { running: 'run', waiting: 'wait', incident: 'error', passed: 'ink', failed: 'error' }
/** As the tint of the cards in `Live.module.css`: steps of seven hundredths; from farther away twice that, since nothing else is left to see. */
const tintPerLevel = 0.07
/** Smaller words could not be read. */
const timesFrom = 0.3
const letters = 24

/** What an overlay says of a step, on the picture of a large flow: the tint, the numbers, and from farther away the signs alone. */
export function drawMark(context: CanvasRenderingContext2D, mark: FarMark, { box, zoom, hasTitle, corners, ink }: FarPlace): void {
  if (mark.heat > 0) {
    context.globalAlpha = mark.heat * tintPerLevel * (hasTitle ? 1 : 2)
    context.fillStyle = ink.run
    if (hasTitle) {
      context.beginPath()
      context.roundRect(box.x, box.y, box.width, box.height, corners)
      context.fill()
    } else context.fillRect(box.x, box.y, box.width, box.height)
    context.globalAlpha = 1
  }
  if (hasTitle) pills(context, mark, box, ink)
  else signs(context, mark, box, ink)
  if (mark.below === null || zoom < timesFrom) return
  context.font = font(20, 400)
  context.textBaseline = 'middle'
  context.fillStyle = ink.muted
  context.fillText(mark.below, box.x + 54, box.y + box.height - 14, box.width - 64)
}

function pills(context: CanvasRenderingContext2D, mark: FarMark, box: Box, ink: FarPlace['ink']): void {
  context.font = font(letters, 600)
  context.textBaseline = 'middle'
  const widths = mark.pills.map(({ text }) => letters + 6 + context.measureText(text).width)
  const width = widths.reduce((sum, each) => sum + each + 14, 14)
  const [left, top, height] = [box.x + 10, box.y - 26, 40]
  context.beginPath()
  context.roundRect(left, top, width, height, height / 2)
  context.fillStyle = ink.raised
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = ink['line-strong']
  context.stroke()
  let x = left + 14
  mark.pills.forEach(({ sign, text }, index) => {
    drawSign(context, sign, x + letters / 2, top + height / 2, letters / 2, ink)
    context.fillStyle = ink[tones[sign]]
    context.fillText(text, x + letters + 6, top + height / 2 + 1)
    x += (widths[index] ?? 0) + 14
  })
}

/** How much passed is said by the tint; what else there is, by its shape. */
function signs(context: CanvasRenderingContext2D, mark: FarMark, box: Box, ink: FarPlace['ink']): void {
  const radius = box.height * 0.3
  mark.pills
    .filter(({ sign }) => sign !== 'passed')
    .forEach(({ sign }, index) => {
      drawSign(context, sign, box.x + box.width - (index + 0.7) * 2.4 * radius, box.y + box.height / 2, radius, ink)
    })
}

/** A ring runs, a disc waits, a cross failed, a pulse passed: told apart without their colours. */
function drawSign(context: CanvasRenderingContext2D, sign: Sign, x: number, y: number, radius: number, ink: FarPlace['ink']): void {
  const reach = radius * 0.8
  context.beginPath()
  if (sign === 'waiting') {
    context.arc(x, y, reach, 0, 2 * Math.PI)
    context.fillStyle = ink[tones[sign]]
    context.fill()
    return
  }
  if (sign === 'running') context.arc(x, y, reach, 0, 1.6 * Math.PI)
  else if (sign === 'passed') {
    context.moveTo(x - reach, y)
    context.lineTo(x - reach * 0.4, y)
    context.lineTo(x - reach * 0.1, y - reach)
    context.lineTo(x + reach * 0.3, y + reach)
    context.lineTo(x + reach * 0.6, y)
    context.lineTo(x + reach, y)
  } else {
    context.moveTo(x - reach, y - reach)
    context.lineTo(x + reach, y + reach)
    context.moveTo(x + reach, y - reach)
    context.lineTo(x - reach, y + reach)
  }
  context.lineWidth = radius / 3.5
  context.strokeStyle = ink[tones[sign]]
  context.stroke()
}

function font(size: number, weight: number): string {
  return `${weight} ${size}px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif`
}
