import { defineCatalogue, row } from './define.ts'

const late = ['Nothing to do: the run has moved on', '无需处理：运行已继续'] as const
const operator = ['Look at the run; an operator can retry or cancel it', '请查看该运行，运维可以重试或取消'] as const
const report = ['This is a fault of ours; report it with the request id', '这是程序缺陷，请附上请求编号反馈'] as const

/** What the loop and the core answer: refusals of commands, reasons of failed steps. */
export const engineErrors = defineCatalogue({
  SLU_COMMAND_UNKNOWN: row(404, ['No such command', '命令不存在'], ['Check that its pack is loaded', '请检查对应组件包是否已加载']),
  SLU_CASCADE_LIMIT: row(
    409,
    ['Flows start one another too often', '流程相互触发过多'],
    ['Break the ring of flows or narrow the triggers', '请打破循环触发或收窄触发条件'],
  ),
  SLU_FLOW_FULL: row(
    409,
    ['The flow takes no more runs now', '流程暂不接受新的运行'],
    ['Try again later, or let starts queue in the flow’s settings', '请稍后再试，或在流程设置中改为排队'],
  ),
  SLU_LOCK_LATE: row(409, ['The step no longer waits for the lock', '步骤已不再等待该锁'], late),
  SLU_LOCK_DEADLOCK: row(
    409,
    ['Two lines would wait for each other’s lock for ever', '两条分支会永远互相等待对方的锁'],
    ['Take the locks in the same order everywhere, or give one back first', '请在各处以相同顺序加锁，或先释放其中一个'],
  ),
  SLU_LOCK_QUEUE_LIMIT: row(409, ['Too many lines wait for one lock', '等待同一把锁的分支过多'], ['Use a narrower key', '请使用更细的键']),
  SLU_PAYLOAD_LIMIT: row(
    413,
    ['The data is too large for one step', '单个步骤的数据过大'],
    ['Pass an id and read the rest where it is needed', '请只传编号，在需要处再读取'],
  ),
  SLU_TRIGGER_UNKNOWN: row(
    404,
    ['The flow has no such trigger', '流程没有该触发器'],
    ['Name one of its triggers', '请使用流程已有的触发器'],
  ),
  SLU_TRIGGER_THREW: row(500, ['A trigger could not judge the event', '触发器无法判断该事件'], report),
  SLU_FLOW_SEALED: row(409, ['A published version never changes', '已发布的版本不可修改'], ['Publish the next version', '请发布新版本']),
  SLU_FLOW_VERSION_SEALED: row(
    409,
    ['A published version never changes', '已发布的版本不可修改'],
    ['Publish the next version', '请发布新版本'],
  ),
  SLU_FLOW_DRIFT: row(500, ['The run does not fit its flow version', '运行与其流程版本不符'], operator),
  SLU_RUN_STARTED: row(409, ['The run has started already', '运行已启动'], late),
  SLU_RUN_ENDED: row(409, ['The run has ended', '运行已结束'], late),
  SLU_RUN_NO_INCIDENT: row(
    409,
    ['The run has no incident to retry', '该运行没有可重试的异常'],
    ['Look at the run’s state', '请查看运行状态'],
  ),
  SLU_RUN_TIMEOUT: row(
    504,
    ['The run took longer than its time limit', '运行超出时限'],
    ['Raise the flow’s time limit or find what waits', '请提高流程时限或查找等待原因'],
  ),
  SLU_RUN_TOKENS_LIMIT: row(
    409,
    ['The run has too many lines at once', '运行的并行分支过多'],
    ['Fan out less, or in parts', '请减少并行或分批执行'],
  ),
  SLU_RUN_SCOPES_LIMIT: row(409, ['The run forks too often', '运行的分叉过多'], ['Look for a loop that forks', '请检查是否存在循环分叉']),
  SLU_RUN_STATE_LIMIT: row(
    413,
    ['The run holds too much data', '运行保存的数据过多'],
    ['Pass ids between steps instead of whole documents', '请在步骤间传递编号而非整份数据'],
  ),
  SLU_RUN_STEPS_LIMIT: row(
    409,
    ['The run takes too many steps', '运行的步骤过多'],
    ['Look for a loop that does not end', '请检查是否存在无法结束的循环'],
  ),
  SLU_LOOP_LIMIT: row(
    409,
    ['A loop came round too often', '循环次数超过上限'],
    [
      'See why it does not end; a retry goes round once more, and “Rounds at most” of the step allows more',
      '请检查循环为何没有结束；重试会再循环一次，也可在该步骤的“最多循环次数”中调高上限',
    ],
  ),
  SLU_RUN_UNDO_LIMIT: row(
    409,
    ['The run has too many completed steps that could be undone', '可撤销的已完成步骤过多'],
    ['Start a flow for each part, or undo several steps with one undo line', '请为每一部分启动单独的流程，或用一条撤销线撤销多个步骤'],
  ),
  SLU_RUN_UNDOING: row(
    409,
    ['The run is undoing its steps and ends by itself', '该运行正在撤销已完成的步骤，随后会自行结束'],
    ['Wait, or retry or skip the undo step that is stuck', '请等待，或重试、跳过卡住的撤销步骤'],
  ),
  SLU_TOKEN_UNKNOWN: row(409, ['The step is not waiting for this', '该步骤不再等待此结果'], late),
  SLU_TOKEN_NOT_OPEN: row(409, ['The step is not open', '该步骤未处于打开状态'], late),
  SLU_ATTEMPT_LATE: row(409, ['The answer belongs to an earlier try', '结果属于之前的尝试'], late),
  SLU_SIMULATION_LIMIT: row(
    422,
    ['The simulation goes on for too long', '模拟步骤过多'],
    ['Look for a loop, or let less time pass', '请检查循环或缩短模拟时间'],
  ),
  SLU_SIGNAL_LATE: row(409, ['Nobody waits for this event any more', '已无步骤等待该事件'], late),
  SLU_SIGNAL_OTHER: row(
    409,
    ['The step waits for another event', '该步骤等待的是其他事件'],
    ['Check type and key of the event', '请检查事件类型与关联键'],
  ),
  SLU_TIMER_UNKNOWN: row(409, ['The timer has fired or was cancelled', '定时器已触发或已取消'], late),
  SLU_TIMER_EARLY: row(409, ['The timer is not due', '定时器尚未到期'], report),
  SLU_TIMER_KEY: row(500, ['A timer needs a name', '定时器缺少名称'], report),
  SLU_TASK_ACTION_UNKNOWN: row(
    422,
    ['The task does not offer this action', '待办不支持该操作'],
    ['Use one of its actions', '请使用待办提供的操作'],
  ),
  SLU_CALL_UNKNOWN: row(
    404,
    ['The called flow does not exist', '被调用的流程不存在'],
    ['Publish it, or name another', '请先发布该流程或更换'],
  ),
  SLU_CALL_LATE: row(409, ['The calling run has moved on', '调用方运行已继续'], late),
  SLU_CALL_FAILED: row(502, ['The called flow failed', '被调用的流程失败'], ['Open its run', '请打开其运行记录']),
  SLU_CALL_WITHDRAWN: row(
    409,
    ['The called flow ended because its customer withdrew consent', '客户撤回授权，被调用的流程已随之结束'],
    ['Draw what should happen then from the error port of the call', '请从调用步骤的错误端口画出后续处理'],
  ),
  SLU_CALL_DEPTH: row(
    409,
    ['Too many runs called one another', '流程相互调用的层数过多'],
    ['End the ring with a condition, or start it by a schedule', '请用条件结束循环调用，或改用定时触发'],
  ),
  SLU_CALL_CANCELLED: row(409, ['The called flow was cancelled', '被调用的流程已取消'], ['Open its run', '请打开其运行记录']),
  SLU_NODE_UNKNOWN: row(
    500,
    ['The step’s type is not loaded', '步骤类型未加载'],
    ['Install the pack that brings it', '请安装提供该类型的组件包'],
  ),
  SLU_NODE_THREW: row(500, ['The step broke', '步骤出错'], operator, false),
  SLU_NODE_TIMEOUT: row(
    504,
    ['The step took longer than its time limit', '步骤超出时限'],
    ['Raise the limit or look at the other side', '请提高时限或检查对方系统'],
    false,
  ),
  SLU_GROUP_TIMEOUT: row(
    504,
    ['The group took longer than its time limit', '分组超出时限'],
    ['Raise its limit, or wire its time-out', '请提高时限，或为其超时接上后续步骤'],
  ),
  SLU_EACH_ITEMS_LIMIT: row(
    422,
    ['The list is too long to go through', '列表过长，无法逐项处理'],
    ['Split it, or start a flow for each part', '请拆分列表，或为每一部分启动一个流程'],
  ),
  SLU_EACH_CONCURRENCY: row(
    422,
    ['So many items at once are not possible', '同时处理的数量不可用'],
    ['Choose 1 to 100', '请选择 1 到 100'],
  ),
  SLU_OUTCOME_INVALID: row(
    500,
    ['The step gave a result that is none', '步骤返回了无效结果'],
    ['Tell the author of the pack', '请联系组件包作者'],
  ),
  SLU_EFFECT_UNKNOWN: row(404, ['No such outside act', '外部动作不存在'], late),
  SLU_EFFECT_LATE: row(409, ['The outside act was settled already', '外部动作已完结'], late),
  SLU_EFFECT_CANCELLED: row(
    409,
    ['The outside act was withdrawn before it left', '外部动作在发出前已撤销'],
    ['A withdrawal or a cancelled run stopped it', '因授权撤回或运行取消而停止'],
  ),
  SLU_EFFECT_UNCERTAIN: row(
    502,
    ['Nobody knows whether the act happened', '无法确定动作是否已执行'],
    ['Look at the other side, then retry or cancel', '请核对对方系统后再重试或取消'],
  ),
  SLU_GATE_FAILED: row(500, ['A check before the act broke, so it was not done', '动作前的检查出错，因此未执行'], operator),
  SLU_JOURNAL_GAP: row(
    500,
    ['The journal has a gap', '日志存在缺口'],
    ['Run sluice verify and restore a backup', '请运行 sluice verify 并恢复备份'],
  ),
  SLU_JOURNAL_BROKEN: row(
    500,
    ['The journal does not fold', '日志无法重放'],
    ['Run sluice verify and restore a backup', '请运行 sluice verify 并恢复备份'],
  ),
  SLU_ENTRY_UNKNOWN: row(
    500,
    ['The journal holds an entry of a newer version', '日志包含较新版本的记录'],
    ['Use the version that wrote it, or a newer one', '请使用写入该记录的版本或更新版本'],
  ),
  SLU_ENGINE_CRASHED: row(
    500,
    ['The engine’s thread stopped', '引擎线程已停止'],
    ['Start Sluice again; nothing acknowledged is lost', '请重新启动 Sluice；已确认的内容不会丢失'],
  ),
  SLU_NODE_PICTURE: row(
    500,
    ['The picture of a step type is no SVG text', '步骤类型的图片不是 SVG 文本'],
    ['Give one <svg> element with its xmlns and no DOCTYPE', '请提供一个带 xmlns、不含 DOCTYPE 的 <svg> 元素'],
  ),
  SLU_NODE_PICTURE_SIZE: row(
    500,
    ['The picture of a step type is too large', '步骤类型的图片过大'],
    ['Simplify its paths, or name an icon instead', '请简化图形路径，或改用图标名称'],
  ),
  SLU_PACK_CLASH: row(500, ['Two packs claim the same name', '两个组件包使用了同一名称'], ['Remove one of them', '请移除其中一个']),
  SLU_NOT_BUILT: row(500, ['The server is not built', '服务尚未构建'], ['Run npm start', '请运行 npm start']),
})
