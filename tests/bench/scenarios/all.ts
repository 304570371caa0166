import type { Scenario } from '../scenario.ts'
import { fanout } from './fanout.ts'
import { saturate } from './saturate.ts'
import { vote } from './vote.ts'

export const scenarios: readonly Scenario[] = [vote, fanout, saturate]
