/** Decision tables, for whoever draws or checks them: the same rules that runs follow. */
export { cellCharsMax, parseCell, type Scalar } from './domain/cell.ts'
export { cellsFor } from './domain/cell-for.ts'
export { boundsOf, type ColumnType, columnTypes, isOfType, typeOfValues } from './domain/column-type.ts'
export { rowsThatFit, type Table } from './domain/decision.ts'
export { type Flaws, findFlaws, type Overlap } from './domain/flaws.ts'
export { type HitPolicy, runTest, type TestResult, type TestRow } from './domain/test-row.ts'
