import { isPath } from '../modes.ts'
import { depthMax, depthOf, type Operand, type Operator, type Rule, type RuleGroup, type RuleRow, type Scalar } from './rule.ts'

/** The rule an expression stands for; null when it says more than rules can, and stays text. */
export function fromExpression(source: string): RuleGroup | null {
  if (source.trim() === '') return { kind: 'group', match: 'all', rules: [] }
  try {
    const reader = new Reader(split(source))
    const rule = reader.whole()
    const root: RuleGroup = rule.kind === 'group' ? rule : { kind: 'group', match: 'all', rules: [rule] }
    return depthOf(root) <= depthMax ? root : null
  } catch (problem) {
    if (problem === notRule) return null
    throw problem
  }
}

/** Thrown where the text leaves what rules can say. */
const notRule = new Error('no rule')

const part =
  /\s+|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\$[A-Za-z]+|(?:event|input|nodes|vars|run|now)\b(?:\.(?:`[^`]+`|[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*)|\[\d+\])*|[A-Za-z]+|<=|>=|!=|[=<>(),[\]]|[\s\S]/gy

function split(source: string): readonly string[] {
  return [...source.matchAll(part)].map(([text]) => text).filter((text) => text.trim() !== '')
}

const signs: Readonly<Record<string, Operator>> = {
  '=': 'is',
  '!=': 'is-not',
  '<': 'less',
  '<=': 'at-most',
  '>': 'more',
  '>=': 'at-least',
}
const turned: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' }

/** `and` binds closer than `or`, as in JSONata. */
class Reader {
  private at = 0
  private readonly parts: readonly string[]
  constructor(parts: readonly string[]) {
    this.parts = parts
  }

  whole(): Rule {
    const rule = this.any()
    if (this.at < this.parts.length) throw notRule
    return rule
  }

  private any(): Rule {
    return this.chain('or', 'any', 'false', () => this.all())
  }

  private all(): Rule {
    return this.chain('and', 'all', 'true', () => this.one())
  }

  /** A neutral `true` or `false` at the end only says that the group is one. */
  private chain(word: 'and' | 'or', match: 'all' | 'any', neutral: string, next: () => Rule): Rule {
    if (this.peek() === neutral && this.isEnd(1)) {
      this.at += 1
      return { kind: 'group', match, rules: [] }
    }
    const first = next()
    if (this.peek() !== word) return first
    const rules = [first]
    while (this.take(word)) {
      if (this.peek() === neutral && rules.length === 1 && this.isEnd(1, word)) {
        this.at += 1
        break
      }
      rules.push(next())
    }
    return { kind: 'group', match, rules }
  }

  private isEnd(ahead: number, word?: 'and' | 'or'): boolean {
    const after = this.parts[this.at + ahead]
    return after === undefined || after === ')' || (word === 'and' && after === 'or')
  }

  private one(): Rule {
    if (this.peek() === '(') return this.inBrackets()
    if (this.peek() === '$not') return this.negated()
    return this.row()
  }

  private inBrackets(): Rule {
    const from = this.at
    const row = this.tryRow(() => this.between()) ?? this.tryRow(() => this.containsNot()) ?? this.tryRow(() => this.noneOf())
    if (row !== null) return row
    this.at = from
    this.need('(')
    const rule = this.any()
    this.need(')')
    if (rule.kind === 'group') return rule
    // Brackets around one row say nothing; around a comparison inside a comparison they would.
    if (this.peek() !== undefined && !['and', 'or', ')'].includes(this.peek() ?? '')) throw notRule
    return rule
  }

  private tryRow(read: () => RuleRow): RuleRow | null {
    const from = this.at
    try {
      return read()
    } catch (problem) {
      if (problem !== notRule) throw problem
      this.at = from
      return null
    }
  }

  private between(): RuleRow {
    this.need('(')
    const low = this.bracketed('>=')
    this.need('and')
    const high = this.bracketed('<=')
    this.need(')')
    if (low.path !== high.path) throw notRule
    return { kind: 'row', path: low.path, operator: 'between', value: { kind: 'between', from: low.value, to: high.value } }
  }

  private bracketed(sign: string): { readonly path: string; readonly value: Scalar } {
    this.need('(')
    const path = this.path()
    this.need(sign)
    const value = this.scalar()
    this.need(')')
    return { path, value }
  }

  private containsNot(): RuleRow {
    this.need('(')
    const row = this.row()
    this.need('or')
    this.need('false')
    this.need(')')
    this.need('=')
    this.need('false')
    if (row.operator !== 'contains') throw notRule
    return { ...row, operator: 'contains-not' }
  }

  private noneOf(): RuleRow {
    this.need('(')
    const row = this.row()
    this.need(')')
    this.need('=')
    this.need('false')
    if (row.operator !== 'one-of') throw notRule
    return { ...row, operator: 'none-of' }
  }

  private negated(): Rule {
    this.need('$not')
    this.need('(')
    if (this.peek() === '$exists' && this.parts[this.at + 4] === ')') {
      const from = this.at
      const row = this.row()
      if (row.operator === 'exists' && this.take(')')) return { ...row, operator: 'missing' }
      this.at = from
    }
    const rule = this.any()
    this.need(')')
    if (rule.kind === 'group' && rule.match === 'any') return { ...rule, match: 'none' }
    // `$not` of what may be missing is missing too: only `or` makes a clear yes or no of it.
    throw notRule
  }

  private row(): RuleRow {
    const head = this.peek()
    if (head === '$exists') {
      this.at += 1
      this.need('(')
      const path = this.path()
      this.need(')')
      return { kind: 'row', path, operator: 'exists', value: { kind: 'none' } }
    }
    if (head === '$contains') {
      this.at += 1
      this.need('(')
      const path = this.path()
      this.need(',')
      const value = this.operand()
      this.need(')')
      return { kind: 'row', path, operator: 'contains', value }
    }
    if (head === '$substring') return this.startOrEnd()
    return isPath(head ?? '') ? this.comparison() : this.turnedComparison()
  }

  private comparison(): RuleRow {
    const path = this.path()
    const sign = this.next()
    if (sign === 'in') {
      if (this.peek() === '[') return { kind: 'row', path, operator: 'one-of', value: { kind: 'list', values: this.list() } }
      return { kind: 'row', path: this.path(), operator: 'has', value: { kind: 'path', path } }
    }
    const operator = signs[sign]
    if (operator === undefined) throw notRule
    if (sign === '=' && this.take('true')) return { kind: 'row', path, operator: 'is-true', value: { kind: 'none' } }
    if (sign === '=' && this.take('false')) return { kind: 'row', path, operator: 'is-false', value: { kind: 'none' } }
    return { kind: 'row', path, operator, value: this.operand() }
  }

  /** `100 < input.amount` is `input.amount > 100`; `"a" in input.tags` asks the list. */
  private turnedComparison(): RuleRow {
    const value = this.scalar()
    const sign = this.next()
    if (sign === 'in') return { kind: 'row', path: this.path(), operator: 'has', value: { kind: 'value', value } }
    const operator = signs[turned[sign] ?? '']
    if (operator === undefined || typeof value === 'boolean') throw notRule
    return { kind: 'row', path: this.path(), operator, value: { kind: 'value', value } }
  }

  private startOrEnd(): RuleRow {
    this.need('$substring')
    this.need('(')
    const path = this.path()
    this.need(',')
    const from = Number(this.next())
    const length = this.take(',') ? Number(this.next()) : null
    this.need(')')
    this.need('=')
    const value = this.scalar()
    const wanted = typeof value === 'string' ? [...value].length : -1
    const row = { kind: 'row', path, value: { kind: 'value', value } } as const
    if (length !== null && from === 0 && length === wanted) return { ...row, operator: 'starts' }
    // `-0` would be the whole text.
    if (length === null && wanted > 0 && from === -wanted) return { ...row, operator: 'ends' }
    throw notRule
  }

  private list(): readonly Scalar[] {
    this.need('[')
    const values: Scalar[] = []
    while (!this.take(']')) {
      if (values.length > 0) this.need(',')
      values.push(this.scalar())
    }
    return values
  }

  private operand(): Operand {
    if (isPath(this.peek() ?? '')) return { kind: 'path', path: this.path() }
    return { kind: 'value', value: this.scalar() }
  }

  private path(): string {
    const text = this.next()
    if (!isPath(text)) throw notRule
    return text
  }

  private scalar(): Scalar {
    const text = this.next()
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    if (/^-?\d/.test(text)) return Number(text)
    if (text.startsWith('"')) return read(text)
    if (text.startsWith("'")) return read(`"${text.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`)
    throw notRule
  }

  private peek(): string | undefined {
    return this.parts[this.at]
  }

  private next(): string {
    const text = this.parts[this.at]
    if (text === undefined) throw notRule
    this.at += 1
    return text
  }

  private take(text: string): boolean {
    if (this.parts[this.at] !== text) return false
    this.at += 1
    return true
  }

  private need(text: string): void {
    if (!this.take(text)) throw notRule
  }
}

function read(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw notRule
  }
}
