import type { failures as english } from '../en/failures.ts'

/** Why a step failed or a line ended early; loaded with the first that did. */
export const failures: Record<keyof typeof english, string> = {
  'failures.cancelled.group-cancelled': '分组 {group} 已取消',
  'failures.cancelled.group-failed': '分组 {group} 中的 {step} 失败',
  'failures.cancelled.group-time': '分组 {group} 超时',
  'failures.cancelled.item-failed': '第 {item} 项失败',
  'failures.cancelled.race-lost': '{step} 先完成',
  'failures.cancelled.join-went-on': '{step} 已不再等待该分支',
  'failures.cancelled.enough-done': '已完成足够的项',
  'failures.cancelled.too-large': '结果过大',
  'failures.cancelled.caller-skipped': '调用步骤已跳过',
  'failures.cancelled.caller-gone': '调用方运行已不再等待',
  'failures.cancelled.caller-time': '调用步骤超出时限',
  'failures.cancelled.caller-stopped': '调用步骤已停止',
  'failures.cancelled.step-withdrawn': '步骤已撤回',
  'failures.cancelled.taken-up': '已从 {step} 重新开始',
  'failures.cancelled.replaced': '已由运行 {run} 取代',
  'failures.cancelled.later-event': '收到了更新的事件（运行 {run}）',
  'failures.cancelled.consent-withdrawn': '客户撤回授权',
  'failures.recorded': '原始记录：{text}',
}
