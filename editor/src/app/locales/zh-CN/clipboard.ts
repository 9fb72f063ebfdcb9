import type { clipboard as en } from '../en/clipboard.ts'

export const clipboard: Record<keyof typeof en, string> = {
  'canvas.paste.refused': '无法粘贴到这里',
  'canvas.paste.line': '第 {line, number} 行',
  'canvas.paste.not-json': '内容既不是流程，也不是表格（最多 20 列）。',
  'canvas.paste.table': '已生成 {rows} 行的决策表，最后一列为输出。{left, plural, =0 {} other {另有 {left} 行未放入：表格最多 500 行。}}',
  'canvas.drop.image': '流程中不能保存图片，已放置写有其名称的便签。',
  'canvas.drop.image.note': '图片：{name}',
  'canvas.drop.large': '文件超过 {size}。',
  'canvas.say.pin.on': '已固定 {count} 个步骤的输出，后面的步骤将以此试用',
  'canvas.say.pin.off': '已取消固定',
  'canvas.say.pin.none': '还没有可固定的输出：请先测试该步骤，或让流程运行一次。',
}
