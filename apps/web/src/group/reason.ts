import { refusals } from '@paperboard/shared/refusals'
import type { Verdict } from '@paperboard/shared/room'

/** Why a rule refuses, as a sentence for the button that is greyed out; null when it is allowed. */
export const reason = (verdict: Verdict): string | null => (verdict === null ? null : refusals[verdict])
