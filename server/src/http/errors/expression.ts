import { defineCatalogue, row } from './define.ts'

const look = ['Open the expression in the editor: it marks the place', '请在编辑器中打开该表达式，会标出位置'] as const

/** Why an expression was refused or failed. */
export const expressionErrors = defineCatalogue({
  SLU_EXPRESSION_SYNTAX: row(422, ['The expression cannot be read', '表达式语法有误'], look),
  SLU_EXPRESSION_REFUSED: row(422, ['The expression uses what is not allowed', '表达式使用了不允许的内容'], look),
  SLU_EXPRESSION_TOO_LONG: row(422, ['The expression is too long', '表达式过长'], ['Split it into steps', '请拆分为多个步骤']),
  SLU_EXPRESSION_TOO_DEEP: row(422, ['The expression nests too deeply', '表达式嵌套过深'], ['Split it into steps', '请拆分为多个步骤']),
  SLU_EXPRESSION_UNKNOWN_NAME: row(
    422,
    ['The expression names something that does not exist', '表达式引用了不存在的名称'],
    ['Use event, input, nodes, vars, run or now', '可使用 event、input、nodes、vars、run 或 now'],
  ),
  SLU_EXPRESSION_NEEDS_WORKER: row(
    500,
    ['The expression was run in the wrong place', '表达式在错误的位置执行'],
    ['This is a fault of ours; report it', '这是程序缺陷，请反馈'],
  ),
  SLU_EXPRESSION_FAILED: row(422, ['The expression failed on this data', '表达式在该数据上执行失败'], look),
  SLU_EXPRESSION_LIMIT: row(
    422,
    ['The expression took too long or grew too large', '表达式超时或结果过大'],
    ['Make it simpler, or the data smaller', '请简化表达式或减少数据'],
  ),
  SLU_EXPRESSION_RESULT: row(422, ['The expression gave no plain data', '表达式未返回普通数据'], look),
  SLU_TEMPLATE_UNCLOSED: row(422, ['A {{ in the text is not closed', '文本中的 {{ 未闭合'], ['Close it with }}', '请用 }} 闭合']),
  SLU_JSON_TOO_DEEP: row(400, ['The data nests too deeply', '数据嵌套过深'], ['Send flatter data', '请减少嵌套层数']),
  SLU_JSON_NOT_PLAIN: row(400, ['The data is not plain JSON', '数据不是普通 JSON'], ['Send JSON only', '请只发送 JSON']),
})
