import type { Text } from '@sluice/flows'

/** Longer than this, a preview ends and the person is told (EDITOR.md §7.5). */
export const previewMsMax = 250

export const tookTooLong: Text = {
  en: `Stopped after ${previewMsMax} ms: this takes too long. Look for a list that is walked many times.`,
  'zh-CN': `${previewMsMax} 毫秒后已停止：计算耗时过长，请检查被反复遍历的列表。`,
}
