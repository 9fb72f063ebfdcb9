import { options, ui } from '@sluice/sdk'
import { Type } from 'typebox'
import { purposeLabels, purposes, sceneLabels, scenes } from '../domain/grid.ts'

/** Config fields that every node asking for a use shares. */
export const purposeField = Type.Union(
  purposes.map((purpose) => Type.Literal(purpose)),
  { ...ui('purpose', 'Purpose', '用途'), ...options(purposeLabels) },
)

export const sceneField = Type.Union(
  scenes.map((scene) => Type.Literal(scene)),
  { ...ui('scene', 'Scene', '场景'), ...options(sceneLabels) },
)
