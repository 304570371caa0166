import type { Scenario } from '../scenario.ts'
import { bigroom } from './bigroom.ts'
import { coldload } from './coldload.ts'
import { crash } from './crash.ts'
import { fanout } from './fanout.ts'
import { joinstorm } from './joinstorm.ts'
import { notes } from './notes.ts'
import { rooms } from './rooms.ts'
import { saturate } from './saturate.ts'
import { slow } from './slow.ts'
import { vote } from './vote.ts'

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [vote, notes, fanout, saturate, joinstorm, coldload, rooms, bigroom, slow, crash]
