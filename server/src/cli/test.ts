import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { words } from '@sluice/sdk'
import { type CliCommand, type CliContext, exitCodes } from './command.ts'
import { checkFile, readText } from './flow-files.ts'
import { checkFlowTestFile, type FlowTest, runFlowTest } from './flow-test.ts'
import { readJsonText } from './json-text.ts'
import { readOptions, UsageError } from './options.ts'

const ending = '.flow-test.json'

export const test: CliCommand = {
  name: 'test',
  usage: 'sluice test <folder>',
  summary: words('Runs the flow tests beside the flows (*.flow-test.json)', '运行流程旁的测试文件(*.flow-test.json)'),
  more: words(
    '{ "flow": "./x.flow.json", "tests": [ { "name": "…", "event" or "input": …, "mocks": {}, "answers": {}, "advance": "P1D",\n  "expect": { "state": "succeeded", "output": …, "passed": ["step"] } } ] }\nNothing leaves the machine; time is virtual.',
    '{ "flow": "./x.flow.json", "tests": [ { "name": "…", "event" 或 "input": …, "mocks": {}, "answers": {}, "advance": "P1D",\n  "expect": { "state": "succeeded", "output": …, "passed": ["step"] } } ] }\n不产生任何外部动作，时间为虚拟时间。',
  ),
  async run(args, context) {
    const { positionals } = readOptions(args, {}, { min: 1, max: 1 })
    const files = testFiles(positionals[0] ?? '.')
    if (files.length === 0) throw new UsageError(`no *${ending} in ${positionals[0]}`, `${positionals[0]} 中没有 *${ending}`)
    let failed = 0
    let passed = 0
    for (const file of files) {
      const counted = await runFile(file, context)
      failed += counted.failed
      passed += counted.passed
    }
    context.say(context.language === 'en' ? `${passed} passed, ${failed} failed` : `通过 ${passed},失败 ${failed}`)
    return failed === 0 ? exitCodes.ok : exitCodes.failed
  },
}

async function runFile(file: string, { say, language }: CliContext): Promise<{ readonly passed: number; readonly failed: number }> {
  const { flow: path, tests } = readTests(file, language)
  const { flow, problems } = checkFile(join(dirname(file), path))
  if (flow === null || problems.some(({ severity }) => severity === 'error'))
    throw new UsageError(`${file}: its flow has errors; sluice validate says which`, `${file}:其流程有错误，可用 sluice validate 查看`)
  let failed = 0
  for (const it of tests) {
    const wrong = await runFlowTest(flow, it)
    if (wrong.length > 0) failed += 1
    say(`${wrong.length === 0 ? '✓' : '✗'} ${flow.key}: ${it.name}`)
    for (const line of wrong) say(`    ${line}`)
  }
  return { passed: tests.length - failed, failed }
}

function readTests(file: string, language: CliContext['language']): { readonly flow: string; readonly tests: readonly FlowTest[] } {
  const value = readJsonText(file, readText(file))
  const [first] = checkFlowTestFile(value, language)
  if (first !== undefined) throw new UsageError(`${file}${first.path}: ${first.message}`, `${file}${first.path}:${first.message}`)
  return value as unknown as { flow: string; tests: FlowTest[] }
}

function testFiles(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`${path} does not exist`, `${path} 不存在`)
  if (found.isFile()) return path.endsWith(ending) ? [path] : []
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'))
    .sort()
    .flatMap((name) => testFiles(join(path, name)))
}
