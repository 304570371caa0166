import { splitMath } from '@paperboard/shared/mathText'
import { memo } from 'react'
import { Tex } from './Tex.tsx'

/** Plain text with its formulas set. `<kernel>` and `GPT-[n]` appear as they are written: nothing here is markup. */
export const MathText = memo(({ children }: { children: string }) => {
  if (!/[$\\]/.test(children)) return children
  let at = 0
  return splitMath(children).map(piece => {
    const start = at
    at += piece.kind === 'text' ? piece.text.length : piece.source.length
    // Formulas inside a sentence are set inline even where the author displayed them: titles and folded abstracts are lines.
    return piece.kind === 'text' ? piece.text : <Tex key={start} tex={piece.tex} source={piece.source} />
  })
})
