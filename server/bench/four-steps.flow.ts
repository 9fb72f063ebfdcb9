/** Event → four steps → end: what the ingress figures are measured with. */
export const fourSteps = {
  format: 'sluice/flow@1',
  key: 'bench-four-steps',
  name: { en: 'Benchmark: four steps', 'zh-CN': '基准测试：四个步骤' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.bench' } },
    { id: 'price', type: 'core.transform', config: { value: '{% { "gross": event.data.amount * 119 / 100, "id": event.subject } %}' } },
    { id: 'large', type: 'core.branch', config: { when: '{% input.gross > 50000 %}' } },
    { id: 'tag', type: 'core.transform', config: { value: '{% { "id": nodes.price.id, "size": "large" } %}' } },
    { id: 'plain', type: 'core.transform', config: { value: '{% { "id": nodes.price.id, "size": "plain" } %}' } },
    { id: 'end', type: 'core.stop', config: { output: '{% input %}' } },
  ],
  edges: [
    { from: 'start.out', to: 'price.in' },
    { from: 'price.out', to: 'large.in' },
    { from: 'large.true', to: 'tag.in' },
    { from: 'large.false', to: 'plain.in' },
    { from: 'tag.out', to: 'end.in' },
    { from: 'plain.out', to: 'end.in' },
  ],
} as const
