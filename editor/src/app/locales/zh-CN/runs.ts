import type { runs as en } from '../en/runs.ts'

export const runs: Record<keyof typeof en, string> = {
  'runs.period.1h': '最近 1 小时',
  'runs.period.24h': '最近 24 小时',
  'runs.period.7d': '最近 7 天',
  'runs.period.30d': '最近 30 天',
  'runs.cancel': '取消运行',
  'runs.keep': '继续运行',
  'runs.cancel.title': '取消本次运行？',
  'runs.cancel.text': '等待中的内容将被放弃，排队的动作不会发出；已经发生的不受影响。',
  'runs.cancel.undo': '先撤销已完成的步骤',
  'runs.cancel.undo.help': '带撤销线的步骤将从最后一步起依次撤销，然后结束运行。',
  'runs.undone': '已回滚：{steps}',
  'runs.retry': '重试失败的步骤',
  'runs.cancelled': '运行已取消。',
  'runs.retried': '正在重试失败的步骤。',
  'runs.until': '{when}到期',
  'runs.open-replay': '打开回放',
}
