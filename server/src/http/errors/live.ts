import { defineCatalogue, row } from './define.ts'

/** Several people on one flow. */
export const liveErrors = defineCatalogue({
  SLU_LIVE_EXPECTED: row(
    400,
    ['This address speaks WebSocket only', '该地址仅支持 WebSocket'],
    [
      'Open it as a WebSocket, or save the draft with PUT /api/v1/flows/{key}',
      '请用 WebSocket 打开，或通过 PUT /api/v1/flows/{key} 保存草稿',
    ],
  ),
  SLU_LIVE_LIMIT: {
    ...row(
      429,
      ['Too many windows have flows open', '打开流程的窗口过多'],
      ['Close a window and try again; saving works without it', '请关闭部分窗口后重试；保存不受影响'],
      false,
    ),
    detail: { en: '{limit} are the most', 'zh-CN': '最多 {limit} 个' },
  },
  SLU_LIVE_RATE: row(
    429,
    ['Too many changes at once', '短时间内的修改过多'],
    ['Wait a moment; the window connects again by itself', '请稍候，窗口会自动重新连接'],
    false,
  ),
  SLU_LIVE_MESSAGE: row(
    400,
    ['The message is none that is understood here', '无法识别的消息'],
    ['Reload the page; an older version of it may still be open', '请刷新页面，当前页面可能是旧版本'],
  ),
  SLU_LIVE_TAKEN: row(
    409,
    ['Somebody gave another step the same name at the same moment', '他人刚刚新增了同名节点'],
    ['Give yours another id and send it again; the editor does so by itself', '请更换标识后重新发送；编辑器会自动处理'],
    false,
  ),
  SLU_COMMENT_UNKNOWN: row(
    404,
    ['This comment is not there any more', '该评论已不存在'],
    ['Look at the list of comments', '请查看评论列表'],
  ),
  SLU_COMMENT_OF_OTHER: row(403, ['Only its author may change a comment', '只有作者可以修改评论'], ['Answer it instead', '请改为回复']),
  SLU_COMMENT_LIMIT: {
    ...row(
      409,
      ['No more comments fit here', '评论数量已达上限'],
      ['Resolve what is done, or begin a new thread', '请先解决已完成的评论，或新建讨论'],
    ),
    detail: { en: '{limit} are the most', 'zh-CN': '最多 {limit} 条' },
  },
})
