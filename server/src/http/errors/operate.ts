import { defineCatalogue, row } from './define.ts'

const lookAgain = ['Look again at what it would do, then confirm that', '请重新查看影响后再确认'] as const

/** Operating runs: taking up again, skipping, moving, pausing, events nobody took. */
export const operateErrors = defineCatalogue({
  SLU_RERUN_NODE: row(
    422,
    ['The run cannot be taken up again there', '无法从该步骤重新运行'],
    ['Choose a step the run came to, not a join', '请选择运行到达过的步骤，且不能是汇合步骤'],
  ),
  SLU_RERUN_UNCONFIRMED: row(
    422,
    ['A step would act again without being confirmed', '有步骤会再次产生影响，但尚未确认'],
    ['Name every step that may act again in repeat', '请在 repeat 中列出允许再次执行的步骤'],
  ),
  SLU_RERUN_CHANGED: row(409, ['The run is not as it was shown', '运行已与所展示的不同'], lookAgain),
  SLU_RERUN_CALLED: row(
    409,
    ['Another run waits for this one', '另一个运行正在等待该运行'],
    ['Take up the calling run again, or cancel this one first', '请重新运行调用方，或先取消该运行'],
  ),
  SLU_SKIP_REFUSED: row(
    409,
    ['This step cannot be skipped', '该步骤不能跳过'],
    ['Answer or transfer the task; let the other lines arrive', '请处理或转交待办，或等待其他分支到达'],
  ),
  SLU_SKIP_PORT: row(
    422,
    ['The step has no such output', '步骤没有该输出端口'],
    ['Use one of its wired outputs', '请使用已连线的输出端口'],
  ),
  SLU_SKIP_STEP: row(
    409,
    ['The run does not stand at this step', '运行未停在该步骤'],
    ['Look at what the run waits for', '请查看运行正在等待的步骤'],
  ),
  SLU_MOVE_REFUSED: row(
    409,
    ['The run cannot go on in that version', '该运行无法在此版本继续'],
    ['The preview names each obstacle; let the run end on its version', '预览会列出每个障碍，可让其在原版本结束'],
  ),
  SLU_MOVE_CHANGED: row(409, ['The run is not as it was shown', '运行已与所展示的不同'], lookAgain),
  SLU_BULK_CHANGED: row(409, ['Other runs fit the filter by now', '符合筛选条件的运行已变化'], lookAgain),
  SLU_BULK_FILTER: row(
    422,
    ['A bulk action needs a filter', '批量操作需要筛选条件'],
    ['Name a flow, states, a subject, a time or the runs themselves', '请指定流程、状态、对象、时间或具体运行'],
  ),
  SLU_FLOW_PAUSED: row(409, ['The flow is paused', '流程已暂停'], ['Resume it, or wait until somebody does', '请恢复流程，或等待他人恢复']),
  SLU_SIMULATION_FAILED: row(
    422,
    ['The simulation could not be played', '模拟无法进行'],
    ['Check events, answers and mocks', '请检查事件、答复与模拟结果'],
  ),
  SLU_SIMULATION_TOO_LONG: row(
    422,
    ['The simulation took too long or too much memory and was ended', '模拟耗时过长或占用内存过多，已终止'],
    ['Look for a loop that never ends, or try fewer events', '请检查是否存在无法结束的循环，或减少事件'],
  ),
  SLU_SIMULATION_BUSY: row(429, ['Too many simulations at once', '同时进行的模拟过多'], ['Try again in a moment', '请稍后重试'], false),
  SLU_LETTER_UNKNOWN: row(404, ['No such dead letter', '死信不存在'], ['Look at the list of dead letters', '请查看死信列表']),
  SLU_LETTER_CLOSED: row(
    409,
    ['This dead letter is settled', '该死信已处理'],
    ['It was delivered again or put away', '该死信已重新投递或已归档'],
  ),
  SLU_LETTER_UNWANTED: row(
    409,
    ['No flow would take this event now either', '目前仍没有流程会接收该事件'],
    ['Publish a flow that listens to it, or mend its trigger', '请发布监听该事件的流程，或修复其触发器'],
  ),
})
