import type { operate as en } from '../en/operate.ts'

export const operate: Record<keyof typeof en, string> = {
  'operate.reason': '原因',
  'operate.more': '更多',
  'operate.incident.since': '{when}，第 {attempt} 次尝试',
  'operate.incident.detail': '详情',
  'operate.incident.recorded': '查看原始记录',
  'operate.incident.fix': '处理办法',
  'operate.incident.own-code': '由流程自身给出。',
  'operate.incident.look': '请查看该运行，然后重试、跳过步骤或取消。',
  'operate.rerun.from': '从“{step}”重新运行',
  'operate.rerun.of': '重新运行自 {run}',
  'operate.rerun.by': '已由 {run} 重新运行',
  'operate.skip.step': '跳过“{step}”',
  'operate.move.menu': '迁移到其他版本…',
  'operate.move.version': '版本',
}
